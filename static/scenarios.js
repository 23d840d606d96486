/* Two scenarios beside each other: their maps, the table of numbers, and who gains and who loses.
 * `kit` is the module of finder.js. All words come from the server; names are only ever set as text. */

const page = { data: null };
const frames = () => [...document.querySelectorAll('[class*="st-key-scenario-panel"] iframe[src*="streamlit_folium"]')];

export function scenarios({ data, parentElement }, kit) {
  const isFirst = page.data === null;
  Object.assign(page, { data, kit });
  document.documentElement.lang = data.lang;
  document.title = data.title;
  if (isFirst) listen();
  paper();
  watch(document.querySelector(".stMain") ?? document.body);
  draw(parentElement);
  dress();
  showOnMaps();
}

function listen() {
  page.kit.reloadOnBack();
  window.addEventListener("message", (event) => {
    if (event.origin !== window.location.origin || !event.data?.opvoedkaart) return;
    const said = event.data.opvoedkaart;
    if ("ready" in said || "moved" in said) showOnMaps(); // a place that was dragged goes back: here one only looks
  });
}

function showOnMaps() {
  frames().forEach((frame, i) => {
    const map = page.data.maps[i];
    if (map) frame.contentWindow?.postMessage({ opvoedkaart: { show: { ...map, title: page.data.panels[i].map } } }, window.location.origin);
  });
}

function watch(part) {
  if (page.watched === part) return;
  page.watched = part;
  page.observer ??= new MutationObserver(dress);
  page.observer.disconnect();
  page.observer.observe(part, { childList: true, subtree: true });
}

/* what stands around the maps comes and goes by itself: titles, headlines, legends */
function dress() {
  const { node } = page.kit;
  const { panels, legend, words } = page.data;
  frames().forEach((frame, i) => { if (panels[i] && frame.title !== panels[i].map) frame.title = panels[i].map; });
  panels.forEach((panel, i) => {
    const head = document.querySelector(`.scenario-head[data-panel="${i}"]`);
    const foot = document.querySelector(`.scenario-legend[data-panel="${i}"]`);
    const key = JSON.stringify(panel);
    if (!head || !foot || head.dataset.key === key) return;
    head.dataset.key = key;
    head.replaceChildren(node("h2", {}, panel.title), ...panel.lines.map((line, at) => node("p", { class: at ? "more" : "first" }, line)),
      node("ol", { "aria-label": words.sites }, ...panel.sites.map((name) => node("li", {}, name))));
    foot.replaceChildren(node("p", {}, words.legend), node("ul", { "aria-label": words.legend }, ...legend.map((entry) => {
      const swatch = node("span", { class: entry.colour ? "swatch" : "swatch hatch", "aria-hidden": "true" });
      if (entry.colour) swatch.style.backgroundColor = entry.colour;
      return node("li", {}, swatch, node("span", {}, entry.text));
    })));
  });
}

function draw(parentElement) {
  const { node } = page.kit;
  const { words, maps, numbers, towns, notes, numberColumns, townColumns } = page.data;
  const body = node("div", { class: "plan compared", id: "results", tabindex: "-1", "data-testid": "compared" },
    ...notes.map((line) => node("p", { class: "note" }, line)),
    node("h2", {}, words.numbers), table(words.numbers, numberColumns, numbers.map(([name, ...cells]) => row(name, cells, true, false))),
    ...(towns === null ? [] : [node("h2", {}, words.towns), towns.length ? table(words.towns, townColumns, towns.map((town) => row(town.name, town.cells, maps.length > 0, town.loses))) : node("p", {}, words.same)]));
  parentElement.querySelector(".plan")?.remove();
  parentElement.append(body);
}

function row(name, cells, areNumbers, loses) {
  const { node } = page.kit;
  return node("tr", { class: loses ? "loses" : null }, node("th", { scope: "row" }, name), ...cells.map((text) => node("td", { class: areNumbers ? "number" : null }, text)));
}

function table(title, head, rows) {
  const { node } = page.kit;
  return node("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": title },
    node("table", { class: rows[0]?.querySelector(".number") ? "numbers" : null }, node("thead", {}, node("tr", {}, ...head.map((text) => node("th", { scope: "col" }, text)))), node("tbody", {}, ...rows)));
}

/* On paper everything that is folded is open, and a map keeps the measures it has on the screen, made to fit the page. */
const PAPER_PX = 690; // what A4 leaves between its margins
export function paper() {
  if (document.documentElement.dataset.paper) return;
  document.documentElement.dataset.paper = "yes";
  let undo = [];
  window.addEventListener("beforeprint", () => {
    for (const folded of document.querySelectorAll(".plan details:not([open])")) {
      folded.open = true;
      undo.push(() => { folded.open = false; });
    }
    for (const map of document.querySelectorAll('iframe[src*="streamlit_folium"]')) {
      const { width, height } = map.getBoundingClientRect();
      const was = map.style.cssText;
      const holder = map.parentElement.style.cssText;
      const scale = Math.min(1, PAPER_PX / width);
      for (const [name, value] of Object.entries({ width: `${width}px`, height: `${height}px`, "max-width": "none", transform: `scale(${scale})`, "transform-origin": "0 0" })) map.style.setProperty(name, value, "important");
      map.parentElement.style.setProperty("height", `${height * scale}px`, "important");
      undo.push(() => { map.style.cssText = was; map.parentElement.style.cssText = holder; });
    }
  });
  window.addEventListener("afterprint", () => { for (const back of undo) back(); undo = []; });
}
