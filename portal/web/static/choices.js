// The file beside a form of choices is the one that was asked for. While the form says something else, that file is neither taken
// nor sent; the reason stands beside, and is read out once.
const form = document.querySelector("[data-choices]");
if (form) {
  const reasons = [...document.querySelectorAll("[data-unused]")];
  const ways = [...document.querySelectorAll("[data-by-choices]")];
  const voice = document.getElementById("unused-voice");
  // What was asked for is what came with the page: a browser may have put back what was ticked on an earlier visit.
  const differs = (one) => one.checked !== one.defaultChecked || one.value !== one.defaultValue;
  let shut = false;

  const turn = (way) => {
    const given = { "aria-disabled": "true", "aria-describedby": way.dataset.byChoices };
    if (way.matches("a")) Object.assign(given, { role: "link", tabindex: "0" }); // without an address it would not be reached
    for (const [name, value] of Object.entries(given)) {
      if (shut) way.setAttribute(name, value);
      else way.removeAttribute(name);
    }
    if (!way.matches("a")) return;
    if (shut) {
      way.dataset.href = way.getAttribute("href");
      way.removeAttribute("href");
    } else way.setAttribute("href", way.dataset.href);
  };
  const show = () => {
    const changed = [...form.querySelectorAll("input")].some(differs);
    if (changed === shut) return;
    shut = changed;
    for (const reason of reasons) reason.hidden = !shut;
    for (const way of ways) turn(way);
    voice.textContent = shut && reasons.length ? reasons[0].querySelector("p").textContent : "";
  };

  for (const kind of ["input", "change"]) form.addEventListener(kind, show);
  // Before anything else hears of it, and whichever way the form is sent.
  addEventListener("submit", (event) => {
    if (!shut || !ways.some((way) => way.form === event.target)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  addEventListener("pageshow", show);
  show();
}
