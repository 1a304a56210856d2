// The theme switch: system, light, dark. It runs before the page is painted, so nothing flashes; the button
// stays hidden where this file does not run.
(function () {
  "use strict";
  var key = "roadbook-theme", modes = ["system", "light", "dark"], root = document.documentElement, mode = "system";
  function apply() {
    if (mode === "system") root.removeAttribute("data-theme");
    else root.setAttribute("data-theme", mode);
  }
  try {
    mode = localStorage.getItem(key) || mode;
  } catch (_) { /* no storage: the choice lasts as long as the page */ }
  if (modes.indexOf(mode) < 0) mode = "system";
  apply();
  document.addEventListener("DOMContentLoaded", function () {
    var button = document.querySelector("button.theme");
    if (!button) return;
    function label() {
      button.setAttribute("aria-label", button.getAttribute("data-" + mode));
      button.title = button.getAttribute("data-" + mode);
      button.setAttribute("data-mode", mode);
    }
    button.addEventListener("click", function () {
      mode = modes[(modes.indexOf(mode) + 1) % modes.length];
      try {
        localStorage.setItem(key, mode);
      } catch (_) { /* as above */ }
      apply();
      label();
    });
    label();
    button.hidden = false;
  });
})();

// The key `/` leads to the search: to its field where there is one, else to its page. It can be switched off with the
// keys of `keys.js`, but works without modules.
document.addEventListener("keydown", function (event) {
  "use strict";
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest && event.target.closest("input, textarea, select, [contenteditable], dialog")) return;
  try {
    if (localStorage.getItem("roadbook-keys") === "off") return;
  } catch (_) { /* no storage: never switched off */ }
  var field = document.getElementById("rb-query"), link = document.querySelector("a.seek");
  if (!field && !link) return;
  event.preventDefault();
  if (field) field.focus();
  else location.assign(link.href);
});
