//! The schemas say what the readers say.

use std::collections::BTreeSet;

use super::{Key, Object, matter, of, site};
use crate::schema::File;

const OBJECTS: &[&Object] = &[
    &matter::TOPIC,
    &matter::STAGE,
    &matter::ROADMAP,
    &matter::PAGE,
    &matter::PREREQUISITE,
    &matter::PLACEMENT,
    &matter::CHOICE,
    &matter::RESOURCE,
    &matter::PROJECT,
    &matter::PROJECTS,
    &matter::FAQ,
    &site::SITE,
    &site::BUILD,
    &site::MARKDOWN,
    &site::SEARCH,
    &site::FEED,
    &site::LINKS,
];

#[test]
fn a_schema_knows_the_keys_that_the_reader_knows_and_no_others() {
    for object in OBJECTS {
        let described: BTreeSet<&str> = object.keys.iter().map(|Key(name, ..)| *name).collect();
        let read: BTreeSet<&str> = object.read.iter().copied().collect();
        assert_eq!(described, read, "{}", object.title);
        assert_eq!(described.len(), object.keys.len(), "{}: a key stands there twice", object.title);
    }
}

#[test]
fn every_key_says_what_it_means() {
    for object in OBJECTS {
        let schema = object.schema();
        for Key(name, _, meaning) in object.keys {
            assert!(meaning.ends_with('.') && meaning.len() > 10, "{}: {name}: {meaning}", object.title);
            let property = &schema["properties"][name];
            assert!(!property["description"].as_str().unwrap().contains('`'));
            assert_eq!(property["markdownDescription"], *meaning);
        }
    }
}

#[test]
fn the_words_of_a_key_are_those_that_the_reader_takes() {
    let topic = of(File::Topic);
    assert_eq!(topic["properties"]["level"]["enum"], serde_json::json!(["essential", "recommended", "optional", null]));
    let kinds = &topic["properties"]["resources"]["items"]["properties"]["kind"]["enum"];
    assert_eq!(kinds.as_array().unwrap().len(), crate::document::matter::read::KINDS.len() + 1);
}
