// Texts with limits of somebody else's: each limit is counted as whoever sets it counts, as the server does. Whoever sees the page
// reads the numbers as they go; whoever hears it is told once typing rests, and only where a limit was passed or is met again.
const clean = (text) => text.normalize("NFC").replace(/[\ufeff\u200b]/g, "").replace(/\r\n|[\r\u0085\u2028\u2029]/g, "\n").trim();
const ways = {
  excel: (text) => text.length,
  characters: (text) => [...text].length,
  form: (text) => [...text].length + text.split("\n").length - 1,
  bytes: (text) => new TextEncoder().encode(text).length,
  words: (text) => text.split(/\s+/).filter(Boolean).length,
};
const language = document.documentElement.lang === "cs" ? "cs-CZ" : "en-GB";
const write = new Intl.NumberFormat(language);
const forms = new Intl.PluralRules(language);

for (const area of document.querySelectorAll("textarea[data-counted]")) {
  const lines = [...document.querySelectorAll(`#${CSS.escape(area.id)}-counts > li`)];
  const voice = document.getElementById(`${area.id}-voice`);
  let waiting = 0;
  const show = () => {
    const text = clean(area.value);
    const moved = [];
    for (const line of lines) {
      const n = ways[line.dataset.counting](text);
      const over = Boolean(line.dataset.most) && n > Number(line.dataset.most);
      const told = line.querySelector("b");
      told.textContent = (told.dataset[forms.select(n)] ?? told.dataset.other).replace("{n}", write.format(n));
      if (over !== line.classList.contains("over")) moved.push(line);
      line.classList.toggle("over", over);
      line.querySelector(".count-over").hidden = !over;
    }
    if (!moved.length) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => { voice.textContent = moved.map((line) => line.textContent.trim()).join("; "); }, 800);
  };
  area.addEventListener("input", show);
  show();
}
