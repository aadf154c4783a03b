// Draws the charts of a page with plotly from the JSON beside them. Without it, or should it fail, the tables are there.
const NARROW = window.matchMedia("(max-width: 719px)");
const PAPER = 680; // px: an A4 sheet less its margins
const CONFIG = {
  displayModeBar: false, staticPlot: false, responsive: true, showSendToCloud: false, plotlyServerURL: "", doubleClick: false,
  scrollZoom: false, showTips: false, modeBarButtonsToRemove: ["sendChartToCloud", "sendDataToCloud"],
};

function layoutOf(spec) {
  const own = NARROW.matches ? spec.narrow : spec.wide;
  const axis = (name) => ({ ...spec.layout[name], ...own[name] });
  return { ...spec.layout, ...own, xaxis: axis("xaxis"), yaxis: axis("yaxis") };
}

// Whether it is drawn: what has no drawing for a narrow screen is read in its table there.
async function draw(box) {
  const key = box.dataset.chart;
  const spec = JSON.parse(document.getElementById(key).textContent);
  if (NARROW.matches && !spec.narrow) {
    delete box.dataset.chart;
    const again = () => { box.dataset.chart = key; draw(box); };
    NARROW.addEventListener("change", again, { once: true });
    return false;
  }
  box.hidden = false;
  await window.Plotly.newPlot(box, spec.data, layoutOf(spec), CONFIG);
  box.on("plotly_click", (event) => {
    const address = event.points?.[0]?.customdata;
    if (typeof address === "string") window.location.assign(address);
  });
  // On paper a chart is as wide as the sheet, however wide it is on the screen.
  window.addEventListener("beforeprint", () => window.Plotly.relayout(box, { autosize: false, width: PAPER }));
  window.addEventListener("afterprint", () => window.Plotly.relayout(box, { autosize: true, width: null }));
  NARROW.addEventListener("change", () => {
    if (spec.narrow || !NARROW.matches) window.Plotly.react(box, spec.data, layoutOf(spec), CONFIG);
  });
  return true;
}

function settle(card) {
  card.querySelectorAll(".chart-key").forEach((key) => { key.hidden = false; });
  const details = card.querySelector("details.chart-data");
  if (!details) return;
  details.open = false;
  let before = false;
  window.addEventListener("beforeprint", () => { before = details.open; details.open = true; });
  window.addEventListener("afterprint", () => { details.open = before; });
}

async function start() {
  if (!window.Plotly) return;
  for (const card of document.querySelectorAll(".chart-card")) {
    const boxes = [...card.querySelectorAll("[data-chart]")];
    try {
      let drawn = false;
      for (const box of boxes) drawn = (await draw(box)) || drawn;
      if (drawn) settle(card);
    } catch (error) {
      boxes.forEach((box) => { box.hidden = true; });
      console.error(error);
    }
  }
}

if (document.readyState === "complete") start();
else window.addEventListener("load", start);
