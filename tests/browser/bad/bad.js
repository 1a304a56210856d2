const add = (name, text, href) => {
  const el = document.querySelector("main").appendChild(document.createElement(name));
  el.textContent = text;
  if (href) el.href = href;
};
add("p", "Only with scripts.");
add("a", "Only with scripts, too", "out-of-sight/");
throw new Error("and then it breaks");
