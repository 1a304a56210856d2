// Added to pages by `roadbook serve`, never to a published site. Reloads the page when the site has
// changed, and shows the report of a failed build over it while the last good page stays.
(() => {
  "use strict";
  const script = document.currentScript;
  const folder = new URL(".", script.src);
  const version = script.dataset.version;
  const name = "roadbook-live " + folder.href;
  const failed = "The site could not be built";
  let shown = null;
  let last = null;

  // What an event says: the site's version, and the report of the last build if it failed.
  function apply(state) {
    last = state;
    if (state.version !== version) {
      location.reload(); // The browser keeps the place on the page.
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
        inPage.textContent = report;
        inPage.previousElementSibling.textContent = document.title = failed;
      }
      return;
    }
    const old = document.getElementById("roadbook-overlay");
    if (old) old.remove();
    if (report !== null) overlay(report);
  }

  function overlay(report) {
    style();
    const dialog = document.createElement("dialog");
    dialog.id = "roadbook-overlay";
    dialog.setAttribute("aria-labelledby", "roadbook-overlay-title");
    const title = document.createElement("h2");
    title.id = "roadbook-overlay-title";
    title.textContent = failed;
    const text = document.createElement("pre");
    text.textContent = report;
    text.tabIndex = 0;
    const hint = document.createElement("p");
    hint.textContent = "Below is the last good version of this page. This disappears when the mistake is mended; Esc closes it.";
    dialog.append(title, text, hint);
    document.body.append(dialog);
    if (dialog.showModal) dialog.showModal();
    else dialog.setAttribute("open", "");
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
  // A page that comes back from the browser's memory may be an old one.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
})();
