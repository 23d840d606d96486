/* Two scenarios beside each other: their maps, the table of numbers, and who gains and who loses.
 * `kit` is the module of kit.js. All words come from the server; names are only ever set as text. */

const page = { data: null };
const frames = () => page.kit.framesIn('[class*="st-key-scenario-panel"]');

export function scenarios({ data, parentElement }, kit) {
  const isFirst = page.data === null;
  Object.assign(page, { data, kit });
  document.documentElement.lang = data.lang;
  document.title = data.title;
  if (isFirst) listen();
  paper();
  kit.watch(dress);
  draw(parentElement);
  dress();
  showOnMaps();
}

function listen() {
  page.kit.reloadOnBack();
  page.kit.listen(frames, (said, from) => {
    if ("ready" in said || "moved" in said) showOnMaps(); // a place that was dragged goes back: here one only looks
    else if ("view" in said && haveOneArea()) for (const other of frames()) if (other !== from) page.kit.tell(other, { look: said.view });
  });
}

function showOnMaps() {
  frames().forEach((frame, i) => {
    const map = page.data.maps[i];
    if (map) page.kit.tell(frame, { show: { ...map, title: page.data.panels[i].map } });
  });
}

const haveOneArea = () => new Set(page.data.maps.map((map) => map.codes.join())).size === 1;

/* what stands around the maps comes and goes by itself: titles, headlines, legends */
function dress() {
  const { node, swatches } = page.kit;
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
    foot.replaceChildren(node("p", {}, words.legend), swatches(words.legend, legend));
  });
}

function draw(parentElement) {
  const { node, table } = page.kit;
  const { words, maps, numbers, towns, notes, numberColumns, townColumns } = page.data;
  const isOfNumbers = maps.length > 0;
  const body = node("div", { class: "plan compared", "data-testid": "compared" },
    ...notes.map((line) => node("p", { class: "note" }, line)),
    node("h2", {}, words.numbers), table(words.numbers, numberColumns, numbers.map(([name, ...cells]) => row(name, cells, true, false)), { isOfNumbers: true }),
    ...(towns === null ? [] : [node("h2", {}, words.towns), towns.length ? table(words.towns, townColumns, towns.map((town) => row(town.name, town.cells, isOfNumbers, town.loses)), { isOfNumbers }) : node("p", {}, words.same)]));
  parentElement.querySelector(".plan")?.remove();
  parentElement.append(body);
}

function row(name, cells, areNumbers, loses) {
  const { node } = page.kit;
  return node("tr", { class: loses ? "loses" : null }, node("th", { scope: "row" }, name), ...cells.map((text) => node("td", { class: areNumbers ? "number" : null }, text)));
}

/* The toolkit's field for a file in the reader's language; what it refuses by itself is said where everybody sees it. */
const field = { words: null };
export function uploaders({ data }, kit) {
  field.words = data.words;
  kit.watch(dressFields);
  dressFields();
}

function dressFields() {
  const { choose, limit, refused, remove, other } = field.words;
  const each = (part, dressed) => document.querySelectorAll(`.st-key-scenario-sides ${part}`).forEach(dressed);
  const write = (text) => (part) => { if (part.textContent !== text) part.textContent = text; };
  const name = (text) => (part) => part.setAttribute("aria-label", text);
  each('[data-testid="stFileUploaderDropzone"]', (zone) => zone.setAttribute("role", "group"));
  each('input[type="file"]', name(choose));
  each('[data-testid="stFileUploaderDropzone"] button p', write(choose));
  each('[data-testid="stFileUploaderDropzoneInstructions"] span', write(limit));
  each('.stFileChip [role="alert"]', write(refused));
  each('[data-testid="stFileChipDeleteBtn"] button', name(remove));
  each('[data-testid="stFileUploaderDropzone"] [data-testid="stBaseButton-borderlessIcon"]', name(other));
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
