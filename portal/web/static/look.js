// What a form would do, told beside it while one types: the form is sent with "look", the server answers with the page as it would
// be and saves nothing, and the part named by data-look is taken out of it. So each rule is said once, on the server.
const form = document.querySelector("form[data-look]");
const board = form && document.getElementById(form.dataset.look);
let waiting = 0;
let asked = null;

async function ask() {
  asked?.abort();
  asked = new AbortController();
  const sent = new FormData(form);
  sent.set("look", "1");
  try {
    const answer = await fetch(form.getAttribute("action") || location.href, {
      method: "POST", body: sent, signal: asked.signal,
    });
    if (!answer.ok) return; // signed out meanwhile, or refused: saving tells why
    const told = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(board.id);
    if (told && told.innerHTML !== board.innerHTML) board.innerHTML = told.innerHTML;
  } catch (error) {
    if (error.name !== "AbortError") console.info(error.message);
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
