// Everything here is a convenience: each page works without it.

const body = document.body;

// Ctrl+Enter sends the form one writes in, Escape closes an open menu. Keys of a single letter are in keys.js.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && typing?.form?.method === "post") {
    event.preventDefault();
    typing.form.requestSubmit();
  }
  if (event.key === "Escape") {
    const open = event.target.closest?.("details[data-menu][open]") ?? document.querySelector("details[data-menu][open]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  }
});

// The browser prints, so the button is there only where scripts are; a hint at keys too.
for (const hint of document.querySelectorAll("[data-script]")) hint.hidden = false;
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Menus close when one looks elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// The filter sheet is a row on a wide screen, a drawer on a phone.
const wide = matchMedia("(min-width: 721px)");
for (const sheet of document.querySelectorAll("[data-sheet]")) {
  const fit = () => { if (wide.matches) sheet.open = true; };
  fit();
  wide.addEventListener("change", fit);
}

// Long lists of sources wait folded on a phone; the marks open them beside the fact.
if (!wide.matches && !location.hash.startsWith("#source")) {
  for (const one of document.querySelectorAll("[data-narrow-shut]")) one.open = false;
}

// Charts' tables and sources print open.
addEventListener("beforeprint", () => {
  for (const one of document.querySelectorAll("main details:not([open])")) {
    one.open = true;
    one.dataset.shut = "";
  }
});
addEventListener("afterprint", () => {
  for (const one of document.querySelectorAll("main details[data-shut]")) {
    one.open = false;
    delete one.dataset.shut;
  }
});

// After a failed form the summary of errors is read first.
document.querySelector("[data-focus]")?.focus();

// Texts with a limit count what is left, as the server counts: characters, line ends as one.
const count = (text) => [...text.normalize("NFC").replace(/\r\n?/g, "\n").trim()].length;
for (const area of document.querySelectorAll("textarea[data-limit]:not([data-counted])")) {
  const line = document.createElement("p");
  line.className = "hint counter";
  line.setAttribute("aria-live", "polite");
  area.after(line);
  const show = () => {
    const n = count(area.value);
    const over = n > Number(area.dataset.limit);
    line.textContent = area.dataset.left.replace("{n}", n.toLocaleString(document.documentElement.lang));
    line.classList.toggle("counter--over", over);
    // Once shown it stays: a line that goes away when the pointer is pressed moves the button from under it.
    line.hidden = line.hidden && n < Number(area.dataset.limit) * 0.5 && document.activeElement !== area;
  };
  line.hidden = true;
  area.addEventListener("input", show);
  area.addEventListener("focus", show);
  show();
}

// Long lists of tick boxes can be narrowed by typing.
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const narrower = (list, narrow) => {
  const field = document.createElement("input");
  field.type = "search";
  field.className = "narrower";
  field.placeholder = list.dataset.hint;
  field.setAttribute("aria-label", list.dataset.narrow);
  field.addEventListener("input", () => narrow((text) => plain(text).includes(plain(field.value))));
  field.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  list.before(field);
};
for (const list of document.querySelectorAll("[data-narrow]:not(select)")) {
  const labels = [...list.querySelectorAll("label")];
  if (labels.length < 13) continue;
  narrower(list, (meets) => { for (const label of labels) label.hidden = !meets(label.textContent); });
}

// So can a long list to choose one from: options that do not meet the words leave it, the chosen one stays.
for (const list of document.querySelectorAll("select[data-narrow]")) {
  const groups = [...list.querySelectorAll("optgroup")].map((group) => [group, [...group.children]]);
  narrower(list, (meets) => {
    for (const [group, options] of groups) {
      const left = options.filter((one) => one.selected || meets(`${group.label} ${one.text}`));
      group.replaceChildren(...left);
      if (left.length) list.append(group); else group.remove();
    }
  });
}

// One button ticks every box of its part of the page, or those it names (data-tick), or none when all are ticked.
for (const button of document.querySelectorAll("[data-tick]")) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    const boxes = [...button.closest("[data-ticks]").querySelectorAll(button.dataset.tick || "input[type=checkbox]")];
    const all = boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = !all;
    boxes[0]?.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

// Leaving a form with unsaved words asks first; a second click on "save" does nothing.
let sending = false;
const written = (form) => new URLSearchParams(new FormData(form)).toString();
for (const form of document.querySelectorAll("form[data-watch]")) {
  const before = written(form);
  form.addEventListener("submit", (event) => {
    if (sending) {
      event.preventDefault();
      return;
    }
    sending = true;
    const button = form.querySelector("[data-busy]");
    if (button) setTimeout(() => { button.textContent = button.dataset.busy; }, 400);
  });
  addEventListener("beforeunload", (event) => {
    if (!sending && ("dirty" in form.dataset || written(form) !== before)) event.preventDefault();
  });
}
addEventListener("pageshow", () => { sending = false; });

// Dialogues stand in the page without this script; with it they open over the page.
for (const dialog of document.querySelectorAll("dialog[data-dialog]")) {
  dialog.open = false;
  const opener = document.querySelector(`[href="#${dialog.id}"]`);
  opener?.addEventListener("click", (event) => {
    event.preventDefault();
    dialog.showModal();
  });
  for (const closer of dialog.querySelectorAll("[data-shut-dialog]")) {
    closer.addEventListener("click", (event) => {
      event.preventDefault();
      dialog.close();
    });
  }
}

// A source mark opens its source beside it instead of jumping to the end of the page.
let pop = null;
const shut = () => {
  if (!pop) return;
  pop.mark.removeAttribute("aria-expanded");
  pop.box.remove();
  pop = null;
};
const place = () => {
  if (!pop) return;
  const at = pop.mark.getBoundingClientRect();
  const box = pop.box;
  const width = Math.min(420, innerWidth - 32);
  box.style.width = `${width}px`;
  box.style.left = `${Math.max(16, Math.min(at.left - 24, innerWidth - width - 16))}px`;
  const below = innerHeight - at.bottom;
  const high = box.offsetHeight;
  box.style.top = below > high + 16 || below > at.top ? `${at.bottom + 8}px` : `${Math.max(8, at.top - high - 8)}px`;
};
document.addEventListener("click", (event) => {
  const mark = event.target.closest?.("a[data-source]");
  if (!mark) {
    if (pop && !pop.box.contains(event.target)) shut();
    return;
  }
  const entry = document.querySelector(`${mark.getAttribute("href")} > .srcs-entry`);
  if (!entry) return;
  event.preventDefault();
  const again = pop?.mark === mark;
  shut();
  if (again) return;
  const box = document.createElement("div");
  box.className = "pop";
  box.setAttribute("role", "dialog");
  box.setAttribute("aria-label", mark.getAttribute("aria-label"));
  box.tabIndex = -1;
  box.append(...entry.cloneNode(true).childNodes);
  const close = document.createElement("button");
  close.type = "button";
  close.className = "pop-close";
  close.setAttribute("aria-label", body.dataset.close);
  close.innerHTML = `<svg class="ic" aria-hidden="true"><use href="${body.dataset.sprite}#i-x"/></svg>`;
  close.addEventListener("click", () => { const back = pop.mark; shut(); back.focus(); });
  box.prepend(close);
  body.append(box);
  mark.setAttribute("aria-expanded", "true");
  pop = { mark, box };
  place();
  box.focus({ preventScroll: true });
});
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && pop) {
    const back = pop.mark;
    shut();
    back.focus();
  }
});
addEventListener("scroll", place, { passive: true });
addEventListener("resize", place);
