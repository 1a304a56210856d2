// Added to pages by `roadbook serve`, never to a published site. Reloads the page when the site has
// changed, at the same place, and shows the report of a failed build over it while the last good page stays.
// `places.js` turns the places of reports into links; `panel.js` shows what an author wants to know of a page.
(() => {
  "use strict";
  const script = document.currentScript;
  const folder = new URL(".", script.src);
  const version = script.dataset.version;
  const name = "roadbook-live " + folder.href;
  const failed = "The site could not be built";
  const keptPlace = "roadbook-place " + location.pathname;
  let shown = null;
  let last = null;

  // What an event says: the site's version, and the report of the last build if it failed.
  function apply(state) {
    last = state;
    if (state.version !== version) {
      keepPlace();
      location.reload();
    } else {
      show(state.report);
    }
  }

  function show(report) {
    if (report === shown) return;
    shown = report;
    const inPage = document.getElementById("roadbook-report");
    if (inPage) {
      // The page is nothing but the report.
      if (report !== null) {
        write(inPage, report);
        inPage.previousElementSibling.textContent = document.title = failed;
      }
      return;
    }
    const old = document.getElementById("roadbook-overlay");
    if (old) old.remove();
    if (report !== null) overlay(report);
  }

  function overlay(report) {
    const dialog = document.createElement("dialog");
    dialog.id = "roadbook-overlay";
    dialog.setAttribute("aria-labelledby", "roadbook-overlay-title");
    const title = document.createElement("h2");
    title.id = "roadbook-overlay-title";
    title.textContent = failed;
    const text = document.createElement("pre");
    write(text, report);
    text.tabIndex = 0;
    const hint = document.createElement("p");
    hint.textContent = "Below is the last good version of this page. This disappears when the mistake is mended; Esc closes it.";
    dialog.append(title, text, hint);
    document.body.append(dialog);
    if (dialog.showModal) dialog.showModal();
    else dialog.setAttribute("open", "");
  }

  // The report as the terminal has it; its places open the author's editor once it is known which one that is.
  function write(element, report) {
    style();
    element.textContent = report;
    import(new URL("places.js", folder))
      .then((places) => places.desk(folder).then((desk) => element.textContent === report && places.link(element, desk)))
      .catch(() => {});
  }

  // Every <details> by the words on it, and which of those that have the same words it is.
  function allDetails() {
    const counts = new Map();
    return [...document.querySelectorAll("details")].map((details) => {
      const summary = details.querySelector("summary");
      const words = summary ? summary.textContent.trim() : "";
      const count = (counts.get(words) || 0) + 1;
      counts.set(words, count);
      return { details, key: count + " " + words };
    });
  }

  // What a reload would lose: where the page is scrolled to, and what is folded open or shut.
  function keepPlace() {
    const open = allDetails().map(({ details, key }) => [key, details.open]);
    try {
      sessionStorage.setItem(keptPlace, JSON.stringify({ x: scrollX, y: scrollY, open }));
    } catch {
      // Without a memory the page begins where the browser puts it.
    }
  }

  function takePlace() {
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(keptPlace));
      sessionStorage.removeItem(keptPlace);
    } catch {
      // As above.
    }
    if (!kept) return;
    const open = new Map(kept.open);
    for (const { details, key } of allDetails()) if (open.has(key)) details.open = open.get(key);
    const scroll = () => scrollTo({ left: kept.x, top: kept.y, behavior: "instant" });
    scroll();
    // Pictures and scripts of the page may have moved it.
    if (document.readyState !== "complete") addEventListener("load", () => setTimeout(scroll), { once: true });
  }

  function style() {
    if (document.getElementById("roadbook-style")) return;
    const link = document.createElement("link");
    link.id = "roadbook-style";
    link.rel = "stylesheet";
    link.href = new URL("live.css", folder).href;
    document.head.append(link);
  }

  // One tab holds the stream and tells the others: a browser opens only six connections to a host.
  const channel = "BroadcastChannel" in window ? new BroadcastChannel(name) : null;

  function listen() {
    const stream = new EventSource(new URL("events", folder));
    const hear = (event) => {
      const [first, ...lines] = event.data.split("\n");
      const state = { version: first, report: event.type === "failed" ? lines.join("\n") : null };
      if (channel) channel.postMessage(state);
      apply(state);
    };
    stream.addEventListener("good", hear);
    stream.addEventListener("failed", hear);
    // A stream that was refused, as by a server that is just starting, is not tried again by itself.
    stream.addEventListener("error", () => {
      if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
    });
  }

  if (channel && navigator.locks) {
    channel.addEventListener("message", (event) => {
      if (event.data === "hello") {
        if (last) channel.postMessage(last);
      } else if (event.data.version >= version) {
        // The other tab may have slept through what made this page; then it knows less than we do.
        apply(event.data);
      }
    });
    channel.postMessage("hello");
    navigator.locks.request(name, () => {
      listen();
      return new Promise(() => {}); // Held until the tab is closed or leaves the page.
    });
  } else {
    listen();
  }
  takePlace();
  const inPage = document.getElementById("roadbook-report");
  if (inPage) write(inPage, inPage.textContent);
  else import(new URL("panel.js", folder)).then((panel) => panel.start(folder)).catch(() => {});
  // A page that comes back from the browser's memory may be an old one.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
})();
