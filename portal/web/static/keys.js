// Shortcuts of one letter: "/" search, "?" the page of keys, "g" and a letter a page of the navigation. Never while one writes,
// never with Ctrl, Alt or Cmd, and switched off for this browser on the page of keys (WCAG 2.1.4).

const STORED = "portal-keys";
const PATIENCE = 1500; // milliseconds between "g" and its letter

const stored = () => {
  try { return localStorage.getItem(STORED); } catch { return null; } // a browser may refuse to remember
};
let on = stored() !== "off";
let waiting = 0;

const writes = (element) => element?.closest?.("input, textarea, select, [contenteditable], dialog[open], [role=dialog]");
const follow = (link) => { if (link) location.assign(link.href); };

const search = () => {
  const field = document.getElementById("find");
  if (field && field.offsetParent !== null) {
    field.focus();
    field.select();
  } else follow(document.querySelector(".find-link"));
};

document.addEventListener("keydown", (event) => {
  if (!on || event.defaultPrevented || event.isComposing || event.repeat) return;
  if (event.ctrlKey || event.metaKey || event.altKey || writes(event.target)) return;
  const second = event.timeStamp - waiting < PATIENCE;
  waiting = 0;
  if (second && /^[a-z]$/.test(event.key)) {
    const link = document.querySelector(`[data-go="${event.key}"]`);
    if (link) {
      event.preventDefault();
      follow(link);
      return;
    }
  }
  if (event.key === "g") waiting = event.timeStamp;
  else if (event.key === "/") {
    event.preventDefault();
    search();
  } else if (event.key === "?" && document.body.dataset.keyboard) {
    event.preventDefault();
    location.assign(document.body.dataset.keyboard);
  }
});

// What announces the keys is there only while they work.
const announce = () => {
  for (const one of document.querySelectorAll("[data-keys-only]")) one.hidden = !on;
  const field = document.getElementById("find");
  if (on) field?.setAttribute("aria-keyshortcuts", "/");
  else field?.removeAttribute("aria-keyshortcuts");
};
announce();

const toggle = document.querySelector("[data-keys-switch]");
if (toggle) {
  const said = document.querySelector("[data-keys-said]");
  toggle.checked = on;
  toggle.addEventListener("change", () => {
    on = toggle.checked;
    try { localStorage.setItem(STORED, on ? "on" : "off"); } catch { /* it holds for this page only */ }
    said.textContent = on ? said.dataset.on : said.dataset.off;
    announce();
  });
}
