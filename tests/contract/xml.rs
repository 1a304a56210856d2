//! A reader of XML that accepts nothing but well-formed documents (without a document type).

/// The local names of a document's elements, each with its direct text, in document order.
pub fn read(text: &str) -> Result<Vec<(String, String)>, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut rest = match text.strip_prefix("<?xml ") {
        Some(rest) => rest.split_once("?>").ok_or("the declaration does not end")?.1,
        None => text,
    };
    let mut elements: Vec<(String, String)> = Vec::new();
    let mut open: Vec<(usize, &str)> = Vec::new();
    while !rest.is_empty() {
        let (characters, markup) = rest.split_at(rest.find('<').unwrap_or(rest.len()));
        let content = unescape(characters)?;
        match open.last() {
            Some((element, _)) => elements[*element].1.push_str(&content),
            None if !content.trim().is_empty() => return Err(format!("text outside the root: {content:?}")),
            None => {}
        }
        rest = markup;
        if let Some(comment) = rest.strip_prefix("<!--") {
            let (inside, after) = comment.split_once("--").ok_or("a comment does not end")?;
            rest = after.strip_prefix('>').ok_or_else(|| format!("-- in the comment {inside:?}"))?;
        } else if let Some(end) = rest.strip_prefix("</") {
            let (name, after) = end.split_once('>').ok_or("an end tag does not end")?;
            let (_, started) = open.pop().ok_or_else(|| format!("</{name}> closes nothing"))?;
            if started != name.trim_end() {
                return Err(format!("<{started}> is closed by </{name}>"));
            }
            rest = after;
        } else if let Some(start) = rest.strip_prefix('<') {
            if open.is_empty() && !elements.is_empty() {
                return Err("a second root".to_owned());
            }
            let (name, empty, after) = start_tag(start)?;
            if !empty {
                open.push((elements.len(), name));
            }
            elements.push((name.rsplit(':').next().unwrap().to_owned(), String::new()));
            rest = after;
        }
    }
    match open.pop() {
        Some((_, name)) => Err(format!("<{name}> is not closed")),
        None if elements.is_empty() => Err("no root element".to_owned()),
        None => Ok(elements),
    }
}

/// Reads a start tag behind its `<`: its name, whether it is empty, and what follows it.
fn start_tag(text: &str) -> Result<(&str, bool, &str), String> {
    let (name, mut rest) =
        text.split_at(text.find(|c: char| c.is_whitespace() || "/>".contains(c)).unwrap_or(text.len()));
    if !is_name(name) {
        return Err(format!("<{name} is no element"));
    }
    let mut seen = Vec::new();
    loop {
        let trimmed = rest.trim_start();
        if let Some(after) = trimmed.strip_prefix("/>") {
            return Ok((name, true, after));
        }
        if let Some(after) = trimmed.strip_prefix('>') {
            return Ok((name, false, after));
        }
        let (attribute, value) = trimmed.split_once('=').ok_or_else(|| format!("<{name}> does not end"))?;
        if trimmed.len() == rest.len() || !is_name(attribute.trim_end()) || seen.contains(&attribute) {
            return Err(format!("attribute {attribute:?} of <{name}>"));
        }
        seen.push(attribute);
        let value = value.trim_start();
        let quote =
            value.chars().next().filter(|c| "'\"".contains(*c)).ok_or_else(|| format!("{attribute} is not quoted"))?;
        let (value, after) = value[1..].split_once(quote).ok_or_else(|| format!("{attribute} does not end"))?;
        if value.contains('<') {
            return Err(format!("< in {attribute}"));
        }
        unescape(value)?;
        rest = after;
    }
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_alphanumeric() || "-_.:".contains(c))
}

/// Replaces the entities of XML; any other one, a bare `&` and forbidden characters are errors.
fn unescape(text: &str) -> Result<String, String> {
    if let Some(c) = text.chars().find(|c| c.is_control() && !"\t\r\n".contains(*c)) {
        return Err(format!("the character {c:?}"));
    }
    let mut parts = text.split('&');
    let mut result = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (entity, after) = part.split_once(';').ok_or_else(|| format!("a bare & before {part:?}"))?;
        result.push(character(entity).ok_or_else(|| format!("&{entity};"))?);
        result.push_str(after);
    }
    Ok(result)
}

/// The character that an entity stands for.
pub fn character(entity: &str) -> Option<char> {
    match entity {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => match entity.strip_prefix("#x") {
            Some(digits) => char::from_u32(u32::from_str_radix(digits, 16).ok()?),
            None => char::from_u32(entity.strip_prefix('#')?.parse().ok()?),
        },
    }
}

#[test]
fn broken_documents_are_refused() {
    assert_eq!(read("<a b='1'><c>x &amp; y</c><!-- z --></a>").unwrap()[1].1, "x & y");
    for broken in [
        "",
        "<a>",
        "<a></b>",
        "<a>&</a>",
        "<a>&nbsp;</a>",
        "<a b=1/>",
        "<a b='<'/>",
        "<a/><b/>",
        "<a/>x",
        "<a b='' b=''/>",
    ] {
        assert!(read(broken).is_err(), "{broken}");
    }
}
