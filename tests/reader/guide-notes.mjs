// Notes of readers, a part of `guide.mjs`.

/** The cases, with what `guide.mjs` works with. */
export const notes = ({ key, server, reader, open, looks, kept, says, check, same }) => ({
  async "a note"() {
    const tab = await open(await reader(), "topics/root/");
    await tab.click(".notes .button");
    const box = tab.locator(".notes textarea");
    await box.pressSequentially("First *words*");
    await says(tab, ".notes [role=status]", "Saved.");
    same(await kept(tab, "notes", "root"), "First *words*", "kept while typing");
    await looks(tab, "writing a note");
    await box.fill("Before I go");
    await tab.goto(`${server.home}topics/ada/`);
    same(await kept(tab, "notes", "root"), "Before I go", "kept on leaving");
    await tab.goto(`${server.home}topics/root/`);
    await says(tab, ".notes .prose p", "Before I go");
    await tab.click(".notes .button");
    await box.fill("One\ntwo\n\n- `a`\n- **b**\n\n3. c\n4. _d_\n\n> e\n\n```\n<i>\n```\nSee [here](https://example.org/a) and https://example.org/b_c.");
    await tab.click(".notes .button");
    same(await tab.locator(".notes .prose").innerHTML(), '<p>One<br>two</p><ul><li><code>a</code></li><li><strong>b</strong></li></ul><ol start="3"><li>c</li><li><em>d</em></li></ol><blockquote><p>e</p></blockquote><pre><code>&lt;i&gt;</code></pre><p>See <a href="https://example.org/a" rel="noopener nofollow">here</a> and <a href="https://example.org/b_c" rel="noopener nofollow">https://example.org/b_c</a>.</p>', "the note");
    same(await tab.evaluate(() => document.activeElement.className), "button", "focus after closing");
    await looks(tab, "a note");
    await tab.click(".notes .button");
    await box.fill("  \n ");
    await tab.click(".notes .button");
    same([await kept(tab, "notes", "root"), await tab.locator(".notes .prose").isVisible()], [null, false], "an empty note");
    await tab.context().close();
  },

  async "a hostile note is text"() {
    const long = (part) => part.repeat(Math.floor(20_000 / part.length));
    const hostile = [
      "<img src=x onerror=alert(1)><script>alert(1)</script>", "[x](javascript:alert(1))", "[x](data:text/html,<b>)", "javascript:alert(1)",
      "[x](https://a/\"onclick=alert(1))", "https://example.org/\"><b>", "[<b>](https://example.org)", "`<b>`", "http://[", "https://%", "[x](http://[)",
      "\u202e\u0000\u200b", "\ud800", "__proto__", "${alert(1)}", "```\n<b>", "- \n- <b>", "999999999. x", "1234567890123. x",
      ...["*", "_", "[", "**a", "`", "[](", "[a](http://", "http://", "http://.", "> ", "- ", "1. ", "-", "\n", "a_b", "*a _b ", " ", "\t-"].map(long),
    ];
    const tab = await open(await reader({ notes: { root: "x" } }), "topics/root/");
    const found = await tab.evaluate(async (hostile) => {
      const { nodes } = await import(new URL("note-text.js", document.querySelector("script[type=module]").src));
      return hostile.map((text) => {
        const box = document.createElement("div");
        const start = performance.now();
        box.append(nodes(text));
        const ms = performance.now() - start;
        const all = [...box.querySelectorAll("*")];
        const known = ["P", "UL", "OL", "LI", "A", "EM", "STRONG", "CODE", "PRE", "BR", "HR", "BLOCKQUOTE"];
        const strange = all.filter((one) => !known.includes(one.tagName) || [...one.attributes].some(({ name }) => !["href", "rel", "start"].includes(name)));
        const links = all.filter((one) => one.tagName === "A" && !/^https?:$/.test(one.protocol));
        return { text: text.slice(0, 20), ms, strange: strange.length, links: links.map((one) => one.href) };
      });
    }, hostile);
    for (const { text, ms, strange, links } of found) {
      check(strange === 0 && links.length === 0, `${JSON.stringify(text)} becomes ${strange} elements, links ${links}`);
      check(ms < 500, `${JSON.stringify(text)} takes ${ms} ms`);
    }
    await tab.click(".notes .button");
    await tab.locator(".notes textarea").fill(hostile[0]);
    await tab.click(".notes .button");
    same(await tab.locator(".notes .prose").evaluate((one) => [one.children.length, one.textContent]), [1, hostile[0]], "shown");
    await tab.context().close();
  },

  async "a note in two tabs"() {
    const context = await reader({ notes: { root: "old" } });
    const [one, two] = [await open(context, "topics/root/"), await open(context, "topics/root/")];
    for (const tab of [one, two]) await tab.click(".notes .button");
    await one.locator(".notes textarea").fill("from one");
    await two.waitForFunction(() => document.querySelector(".notes textarea").value === "from one");
    // The second tab is typing, and has not kept it yet, when the first one keeps something.
    await two.evaluate((key) => {
      const box = document.querySelector(".notes textarea");
      box.value = "typed in two";
      box.dispatchEvent(new Event("input"));
      const state = JSON.parse(localStorage.getItem(key));
      state.notes.root = { value: "kept meanwhile", at: Date.now() + 5 };
      localStorage.setItem(key, JSON.stringify(state));
    }, key);
    await says(two, ".notes [role=status]", "Both texts are here now");
    same(await two.locator(".notes textarea").inputValue(), "typed in two\n\n---\n\nkept meanwhile", "both texts");
    await one.waitForFunction(() => document.querySelector(".notes textarea").value.startsWith("typed in two"));
    same(await kept(one, "notes", "root"), "typed in two\n\n---\n\nkept meanwhile", "kept");
    await looks(two, "both texts");
    await context.close();
  },
});
