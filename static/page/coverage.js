/* The coverage page: the table of municipalities, what stands around the maps, and the two in step.
 * `kit` is the module of kit.js. All words come from the server; names are only ever set as text. */

const ORDERS = { name: "names", children: "children", value: "values", other: "other", state: "states", rank: "ranks", peers: "peers", province: "province", need: "need", records: "evidence" };
const GAPS_FIRST = [1, 0, 2]; // states of the server: reached, not reached, unknown
const page = { turn: 0, data: null, order: null, search: null, chosen: "" };

const frames = () => page.kit.framesIn(".st-key-coverage-maps");
const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
const text = (column, i) => page.data.table.texts[page.data.table.cells[column][i]];

export async function report({ data, parentElement, setTriggerValue }, kit) {
  const turn = ++page.turn;
  const { names, need, need_texts: needTexts } = await kit.fetchOnce(data.areas);
  if (turn !== page.turn) return; // a newer answer came in between
  const { table } = data;
  for (const map of data.maps) {
    if (map.codes.length) continue; // the table has the same rows
    map.codes = table.codes;
    map.tips = table.cells.value.map((at) => table.texts[at]);
  }
  table.names = table.codes.map((code) => names[code] ?? code);
  table.need = table.codes.map((code) => need[code] ?? null);
  table.needTexts = table.codes.map((code) => needTexts[code] ?? "–");
  table.small = new Set(table.small);
  table.province = table.province.at.map((at) => table.province.values[at]);
  const isFirst = page.data === null;
  page.data = data;
  page.kit = kit;
  page.act = (wish) => setTriggerValue("wish", { ...wish, nonce: Date.now() });
  // from here on the browser itself knows the order, the search and what is chosen: the server says only how it began
  if (isFirst) Object.assign(page, data.began);
  document.documentElement.lang = data.lang;
  document.title = data.title;
  if (isFirst) listen();
  showOnMaps();
  dressSlots();
  kit.watch(dressSlots);
  drawTable(parentElement);
}

/* ---- what stands around the maps ----------------------------------------------------------------------------------- */
function showOnMaps() {
  frames().forEach((frame, i) => {
    const map = page.data.maps[i];
    if (map) page.kit.tell(frame, { show: { ...map, title: mapTitle(page.data.panels[i]), selected: page.chosen, goto: page.goto ?? map.goto } });
  });
}

/* two maps beside each other are told apart by their measure or their area */
function mapTitle(panel) {
  return panel && (panel.map.includes(panel.title) ? panel.map : `${panel.map}, ${panel.title}`);
}

function dressSlots() {
  const { node, swatches } = page.kit;
  frames().forEach((frame, i) => { const title = mapTitle(page.data.panels[i]); if (title && frame.title !== title) frame.title = title; });
  page.data.panels.forEach((panel, i) => {
    const key = `${panel.headline.join(" ")} ${JSON.stringify(panel.legend)}`;
    const head = document.querySelector(`.cover-head[data-panel="${i}"]`);
    const foot = document.querySelector(`.cover-legend[data-panel="${i}"]`);
    if (!head || !foot || head.dataset.key === key) return;
    head.dataset.key = key;
    head.replaceChildren(...(panel.title ? [node("h2", {}, panel.title)] : []), ...panel.headline.map((line, at) => node("p", { class: at ? "more" : "first" }, line)));
    foot.replaceChildren(...(panel.unit ? [node("p", {}, panel.unit)] : []), swatches(page.data.words.legend, panel.legend));
  });
}

function listen() {
  page.kit.reloadOnBack();
  page.kit.listen(frames, (said) => {
    if ("ready" in said) showOnMaps();
    else if ("municipality" in said && page.data.table.codes.includes(said.municipality)) choose(said.municipality, { fromMap: true });
  });
}

/* ---- choosing a municipality, on either side ------------------------------------------------------------------------ */
function choose(code, { fromMap }) {
  page.chosen = page.chosen === code ? "" : code;
  page.goto = page.chosen && !fromMap ? [page.chosen] : undefined;
  showOnMaps();
  page.goto = undefined;
  markChosen(fromMap);
  page.act({ do: "select", code: page.chosen, go: page.chosen && !fromMap });
}

function markChosen(scroll) {
  document.querySelectorAll(".cover-table tr[data-code]").forEach((row) => {
    const is = row.dataset.code === page.chosen;
    row.classList.toggle("chosen", is);
    row.querySelector("button").setAttribute("aria-pressed", String(is));
    if (is && scroll) bringIntoSight(row);
  });
}

/* only the table's own region scrolls: on a phone the reader stays with the map */
function bringIntoSight(row) {
  const region = page.whole.querySelector(".scroll");
  const top = row.offsetTop - region.querySelector("thead").offsetHeight;
  const isSeen = top >= region.scrollTop && row.offsetTop + row.offsetHeight <= region.scrollTop + region.clientHeight;
  if (!isSeen) region.scrollTop = top;
}

/* ---- the table ------------------------------------------------------------------------------------------------------- */
function sorted() {
  const { table } = page.data;
  const rows = table.codes.map((_, i) => i);
  const up = !page.order.startsWith("-");
  const column = ORDERS[page.order.replace("-", "")];
  const names = new Intl.Collator(page.data.locale);
  const byName = (a, b) => names.compare(table.names[a], table.names[b]);
  const gap = (i) => [GAPS_FIRST[table.states[i]], table.states[i] === 1 ? -table.children[i] : (table.ranks[i] === null ? 0 : -table.ranks[i])];
  if (!column) return rows.sort((a, b) => gap(a)[0] - gap(b)[0] || gap(a)[1] - gap(b)[1] || byName(a, b));
  if (column === "names") return rows.sort((a, b) => (up ? byName(a, b) : byName(b, a)));
  const of = {
    evidence: (i) => table.evidence[i][0],
    values: (i) => (table.states[i] === 2 ? null : table.values[i]), // unknown, whatever number goes with it
  }[column] ?? ((i) => table[column]?.[i] ?? null);
  return rows.sort((a, b) => {
    const [x, y] = [of(a), of(b)];
    if (x === null || y === null) return (x === null) - (y === null) || byName(a, b); // what is not known comes last, both ways
    return (up ? x - y : y - x) || byName(a, b);
  });
}

function drawTable(parentElement) {
  const { node, fill } = page.kit;
  const { table, words, columns } = page.data;
  const field = node("input", { type: "search", value: page.search, placeholder: words.find, "aria-label": words.find, maxlength: 60, oninput: () => { page.search = field.value; fillBody(); }, onchange: () => page.act({ do: "find", text: field.value }) });
  const head = node("tr", {}, ...columns.map((column) => {
    const is = page.order.replace("-", "") === column;
    const button = node("button", { type: "button", "data-column": column, title: fill(words.sort, { column: words.columns[column] }), onclick: () => sort(column) }, words.columns[column]);
    return node("th", { scope: "col", "aria-sort": is ? (page.order.startsWith("-") ? "descending" : "ascending") : "none", class: column }, button);
  }));
  const body = node("tbody", {});
  const whole = node("div", { class: "cover-table", "data-testid": "coverage", "data-count": table.codes.length, "data-key": page.data.key, id: "results", tabindex: "-1" },
    node("div", { class: "find" }, field, node("span", { class: "rows", role: "status" }), node("a", { class: "skip-table", href: "#after-table", target: "_self" }, words.skip)),
    node("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": words.table }, node("table", {}, node("thead", {}, head), body)), node("p", { class: "note" }, words.note));
  const before = parentElement.querySelector(".scroll");
  const [scrolled, along] = [before?.scrollTop ?? 0, before?.scrollLeft ?? 0];
  const had = document.activeElement;
  const focus = parentElement.contains(had) ? (had.matches("input") ? "input" : had.dataset.column ? `[data-column="${had.dataset.column}"]` : had.closest("[data-code]") ? `[data-code="${had.closest("[data-code]").dataset.code}"] button` : null) : null;
  parentElement.querySelector(".cover-table")?.remove();
  parentElement.append(whole);
  page.body = body;
  page.whole = whole;
  fillBody();
  Object.assign(whole.querySelector(".scroll"), { scrollTop: scrolled, scrollLeft: along });
  if (!before) markChosen(true);
  if (focus) { const again = whole.querySelector(focus); again?.focus({ preventScroll: true }); if (focus === "input") again.setSelectionRange(again.value.length, again.value.length); }
}

function fillBody() {
  const { node, fill, count } = page.kit;
  const { table, words, columns } = page.data;
  const wanted = plain(page.search.trim());
  const rows = sorted().filter((i) => plain(table.names[i]).includes(wanted));
  page.body.replaceChildren(...rows.map((i) => node("tr", { "data-code": table.codes[i], class: `state-${table.states[i]}` },
    ...columns.map((column) => cell(column, i)))));
  if (!rows.length) page.body.append(node("tr", {}, node("td", { colspan: columns.length }, words.nothing)));
  page.whole.querySelector(".rows").textContent = fill(words.rows, { count: count(rows.length, page.data.grouping) });
  markChosen(false);
}

function cell(column, i) {
  const { node, fill } = page.kit;
  const { table, words } = page.data;
  const number = (value) => (value === null ? "–" : page.kit.count(value, page.data.grouping));
  if (column === "name") {
    const link = node("a", { href: page.data.profile.replace("CODE", table.codes[i]), target: "_self", "aria-label": fill(words.profile, { name: table.names[i] }) }, words.profile_column);
    return node("th", { scope: "row" }, node("button", { type: "button", "aria-pressed": "false", onclick: () => choose(table.codes[i], { fromMap: false }) }, table.names[i]), link);
  }
  if (column === "children") return node("td", { class: "number", title: table.small.has(i) ? words.small : null }, number(table.children[i]) + (table.small.has(i) ? " *" : ""));
  if (column === "value") return node("td", { class: "number" }, node("span", {}, text("value", i)), text("bounds", i) ? node("small", {}, text("bounds", i)) : null);
  if (column === "state") return node("td", { class: "state" }, words.states[table.states[i]]);
  if (column === "rank") return node("td", { class: "number" }, number(table.ranks[i]));
  if (column === "need") return node("td", { class: "number" }, table.needTexts[i]);
  if (column === "records") {
    const [records, fresh, located, high] = table.evidence[i];
    return node("td", { class: "number", title: fill(words.evidence, { records, fresh, located, high }) }, node("span", { "aria-hidden": "true" }, `${records} · ${fresh} · ${located}`), node("span", { class: "hidden" }, fill(words.evidence, { records, fresh, located, high })));
  }
  return node("td", { class: "number" }, text(column, i));
}

function sort(column) {
  page.order = page.order === column ? `-${column}` : page.order === `-${column}` ? "" : column;
  page.whole.querySelectorAll("th[aria-sort]").forEach((th) => {
    const is = th.querySelector("button").dataset.column === page.order.replace("-", "");
    th.setAttribute("aria-sort", is ? (page.order.startsWith("-") ? "descending" : "ascending") : "none");
  });
  fillBody();
  page.act({ do: "sort", by: page.order });
}
