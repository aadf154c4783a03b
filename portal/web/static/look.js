// What a form would do, told beside it while one types: the form is sent with "look", the server answers with the page as it would
// be and saves nothing, and the part named by data-look is taken out of it. So each rule is said once, on the server. Where it does
// not answer so (signed out, taken away by somebody meanwhile), the part is emptied and it is said that it cannot be told.
const form = document.querySelector("form[data-look]");
const board = form && document.getElementById(form.dataset.look);
const untold = document.querySelector("[data-untold]");
let waiting = 0;
let asked = null;

function show(content) {
  if (untold) untold.hidden = content !== "";
  if (content !== board.innerHTML) board.innerHTML = content;
}

async function ask() {
  asked?.abort();
  asked = new AbortController();
  const sent = new FormData(form);
  sent.set("look", "1");
  try {
    const answer = await fetch(form.getAttribute("action") || location.href, {
      method: "POST", body: sent, signal: asked.signal,
    });
    const told = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(board.id);
    show(answer.ok && told ? told.innerHTML : "");
  } catch (error) {
    if (error.name !== "AbortError") show("");
  }
}

if (board) {
  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, 350);
    });
  }
}
