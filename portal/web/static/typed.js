// What was typed stays when one goes back or forward, and a refused form can be returned to. What is typed is kept with the
// entry of the browser's own history, so it ends with the tab; nobody who signs in later is shown it.
const forms = [...document.querySelectorAll("form[data-watch]")];
const PERSON = "portal.person"; // changes with each visit of the page of signing in
const SENT = "portal.sent"; // the form just sent, until its answer is known
const REFUSED = "portal.refused"; // forms that were sent and refused
const PASSED = ["hidden", "file", "password", "submit", "button", "fieldset"];

const fields = (form) => [...form.elements].filter((one) => one.name && !PASSED.includes(one.type));
const names = (form) => [form.getAttribute("action") ?? "", ...fields(form).map((one) => one.name)].join(" ");
const version = (form) => form.elements.version?.value ?? "";
const held = (one) => {
  if (one.type === "checkbox" || one.type === "radio") return one.checked;
  return one.multiple ? [...one.selectedOptions].map((option) => option.value) : one.value;
};
const put = (one, value) => {
  if (one.type === "checkbox" || one.type === "radio") one.checked = value;
  else if (one.multiple) for (const option of one.options) option.selected = value.includes(option.value);
  else one.value = value;
};
const values = (form) => JSON.stringify(fields(form).map(held));
const before = new Map(forms.map((form) => [form, values(form)]));

function keep(sent) {
  const typed = forms.map((form) => ({
    names: names(form), version: version(form),
    values: "dirty" in form.dataset || values(form) !== before.get(form) ? values(form) : null,
  }));
  history.replaceState({ typed, sent, person: sessionStorage.getItem(PERSON) }, "");
}

// What was saved is not put back: it would stand over what others wrote since. What was not is put back with the version
// it was typed over: where somebody wrote in between, sending it joins the two or asks, and neither is lost.
function putBack() {
  const past = history.state;
  const refused = sessionStorage.getItem(REFUSED)?.split(" ") ?? [];
  if (!past?.typed || past.person !== sessionStorage.getItem(PERSON) || (past.sent && !refused.includes(past.sent))) return;
  for (const form of forms) {
    const twins = forms.filter((one) => names(one) === names(form)); // two forms of one kind on a page go by their order
    const mine = past.typed.filter((one) => one.names === names(form))[twins.indexOf(form)];
    if (!mine?.values) continue;
    if (form.elements.version) form.elements.version.value = mine.version;
    fields(form).forEach((one, n) => put(one, JSON.parse(mine.values)[n]));
    form.dispatchEvent(new Event("input", { bubbles: true }));
    form.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

// An answer to a form that was sent cannot be shown again by going forward; its address, asked for anew, can.
const answered = performance.getEntriesByType("navigation")[0]?.responseStatus >= 400 || document.querySelector("[data-focus]");
const sent = sessionStorage.getItem(SENT);
if (answered && sent) {
  const refused = [...(sessionStorage.getItem(REFUSED)?.split(" ") ?? []), sent];
  sessionStorage.setItem(REFUSED, refused.slice(-20).join(" "));
}
sessionStorage.removeItem(SENT);
if (document.querySelector("[autocomplete=current-password]")) sessionStorage.setItem(PERSON, crypto.randomUUID?.() ?? String(Date.now()));
putBack();
if (answered) {
  const again = "postOnly" in document.body.dataset && document.referrer ? document.referrer : location.href;
  history.replaceState(history.state, "", again);
  if (forms.length) keep();
}

let waiting = 0;
for (const form of forms) {
  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, () => {
      clearTimeout(waiting);
      waiting = setTimeout(keep, 300);
    });
  }
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    const stamp = `${Date.now()}-${Math.random()}`;
    keep(stamp);
    sessionStorage.setItem(SENT, stamp);
    form.dataset.sent = "";
  });
}
addEventListener("beforeunload", () => {
  if (forms.length && !forms.some((form) => "sent" in form.dataset)) keep();
});
