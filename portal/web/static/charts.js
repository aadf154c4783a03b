// Draws the charts of a page with plotly from the JSON beside them. Without it, or should it fail, the tables are there.
const NARROW = window.matchMedia("(max-width: 719px)");
const PAPER = 680; // px: an A4 sheet less its margins
const CONFIG = {
  displayModeBar: false, staticPlot: false, responsive: false, showSendToCloud: false, plotlyServerURL: "", doubleClick: false,
  scrollZoom: false, showTips: false, modeBarButtonsToRemove: ["sendChartToCloud", "sendDataToCloud"],
};
let printing = false;
window.addEventListener("beforeprint", () => { printing = true; });
window.addEventListener("afterprint", () => { printing = false; });

function layoutOf(spec, width) {
  const own = NARROW.matches ? spec.narrow : spec.wide;
  const axis = (name) => ({ ...spec.layout[name], ...own[name] });
  return { ...spec.layout, ...own, width, xaxis: axis("xaxis"), yaxis: axis("yaxis") };
}

// Draws it as wide as its place, anew when that changes. What has no drawing for a narrow screen is read in its table there;
// says whether it is drawn. Plotly's own way of following the window forgets the height.
function drawer(box) {
  const key = box.dataset.chart;
  const spec = JSON.parse(document.getElementById(key).textContent);
  let width = 0;
  return async () => {
    if (printing) return !box.hidden;
    box.hidden = NARROW.matches && !spec.narrow;
    if (box.hidden) {
      delete box.dataset.chart;
      return false;
    }
    box.dataset.chart = key;
    if (box.clientWidth === width) return true;
    const first = !width;
    width = box.clientWidth;
    await window.Plotly.react(box, spec.data, layoutOf(spec, width), CONFIG);
    if (first) {
      box.on("plotly_click", (event) => {
        const address = event.points?.[0]?.customdata;
        if (typeof address === "string") window.location.assign(address);
      });
      // On paper a chart is as wide as the sheet, however wide it is on the screen.
      window.addEventListener("beforeprint", () => window.Plotly.relayout(box, { width: PAPER }));
      window.addEventListener("afterprint", () => window.Plotly.relayout(box, { width }));
    }
    return true;
  };
}

// The table of a drawn chart waits folded, that of one that is not drawn stands open.
function settle(card, drawn) {
  card.querySelectorAll(".chart-key").forEach((key) => { key.hidden = !drawn; });
  const details = card.querySelector("details.chart-data");
  if (details) details.open = !drawn;
}

async function follow(card) {
  const boxes = [...card.querySelectorAll("[data-chart]")];
  const drawers = boxes.map(drawer);
  let was = null;
  const show = async () => {
    let drawn = false;
    for (const draw of drawers) drawn = (await draw()) || drawn;
    if (drawn !== was && boxes.length) settle(card, drawn);
    was = drawn;
  };
  const details = card.querySelector("details.chart-data");
  let before = false;
  if (details) {
    window.addEventListener("beforeprint", () => { before = details.open; details.open = true; });
    window.addEventListener("afterprint", () => { details.open = before; });
  }
  const guarded = async () => {
    try {
      await show();
    } catch (error) {
      boxes.forEach((box) => { box.hidden = true; });
      console.error(error);
    }
  };
  let waiting = 0;
  window.addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(guarded, 120);
  });
  await guarded();
}

async function start() {
  if (!window.Plotly) return;
  for (const card of document.querySelectorAll(".chart-card")) await follow(card);
}

if (document.readyState === "complete") start();
else window.addEventListener("load", start);
