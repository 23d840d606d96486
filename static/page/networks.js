/* The tab of networks: the list of networks, what stands around their map, and the two in step.
 * `kit` is the module of kit.js. All words come from the server; names are only ever set as text. */

const page = { data: null, chosen: "" };
const frames = () => page.kit.framesIn(".st-key-networks-map");
const networkOf = (code) => page.data.map.groups.findIndex((codes) => codes.includes(code));

export function networks({ data, parentElement, setTriggerValue }, kit) {
  const isFirst = page.data === null;
  page.data = data;
  page.kit = kit;
  page.act = (wish) => setTriggerValue("wish", { ...wish, nonce: Date.now() });
  if (isFirst) page.chosen = data.began; // from here on the browser itself knows what is chosen
  document.documentElement.lang = data.lang;
  document.title = data.title;
  if (isFirst) listen();
  if (!data.map.codes.includes(page.chosen)) page.chosen = "";
  kit.watch(dress);
  draw(parentElement);
  showOnMap(isFirst && page.chosen !== "");
  mark(false);
  dress();
}

const tell = (message) => page.kit.tell(frames()[0], message);

function showOnMap(go) {
  const { map, words } = page.data;
  tell({ show: { selected: "", title: words.map, ...map } });
  tell({ network: { at: networkOf(page.chosen), go } });
}

function listen() {
  page.kit.reloadOnBack();
  page.kit.listen(frames, (said) => {
    if (!document.querySelector(".networks")) return; // another answer is being looked for
    if ("ready" in said) showOnMap(page.chosen !== "");
    else if ("municipality" in said && page.data.map.codes.includes(said.municipality)) choose(said.municipality, true);
  });
  // what is folded away on the screen stands open on paper
  const folded = () => document.querySelectorAll(".networks details:not([open])");
  window.addEventListener("beforeprint", () => { page.opened = [...folded()]; for (const each of page.opened) each.open = true; });
  window.addEventListener("afterprint", () => { for (const each of page.opened ?? []) each.open = false; });
}

/* one municipality stands for its network; the same network again lets it go */
function choose(code, fromMap) {
  const [now, before] = [networkOf(code), networkOf(page.chosen)];
  const isSame = now >= 0 ? now === before : code === page.chosen;
  page.chosen = isSame ? "" : code;
  tell({ network: { at: networkOf(page.chosen), go: !fromMap } });
  mark(fromMap);
  page.act({ do: "select", code: page.chosen });
}

function mark(scroll) {
  const at = networkOf(page.chosen);
  document.querySelectorAll(".networks [data-at]").forEach((item) => {
    const is = Number(item.dataset.at) === at;
    item.classList.toggle("chosen", is);
    item.querySelector("button").setAttribute("aria-pressed", String(is));
    if (is && scroll) bringIntoSight(item);
  });
  document.querySelectorAll(".networks [data-left]").forEach((item) => {
    item.classList.toggle("chosen", item.dataset.left === page.chosen);
    if (item.dataset.left === page.chosen && scroll) bringIntoSight(item);
  });
}

/* beside the map the list follows it; on a phone, where the list is below, the reader stays with the map */
function bringIntoSight(item) {
  const map = frames()[0]?.getBoundingClientRect();
  if (map && map.left > item.getBoundingClientRect().left + 50) item.scrollIntoView({ block: "nearest" });
}

/* ---- what stands around the map ------------------------------------------------------------------------------------ */
function dress() {
  const { node } = page.kit;
  const { words, left } = page.data;
  const [map] = frames();
  if (map && map.title !== words.map) map.title = words.map;
  const foot = document.querySelector('.cover-legend[data-panel="networks"]');
  const key = `${words.legend} ${left.length > 0}`;
  if (!foot || foot.dataset.key === key) return;
  foot.dataset.key = key;
  const line = (sign, text) => node("li", {}, node("span", { class: sign, "aria-hidden": "true" }), node("span", {}, text));
  foot.replaceChildren(node("ul", { "aria-label": words.legend },
    line("swatch outlined", words.colours), ...(left.length ? [line("swatch hatch", words.pattern)] : []), line("swatch round", words.seat), line("swatch dot", words.door)));
}

/* ---- the list ------------------------------------------------------------------------------------------------------- */
function draw(parentElement) {
  const { node } = page.kit;
  const { data } = page;
  const { words } = data;
  const focus = document.activeElement?.closest?.(".networks [data-at]")?.dataset.at;
  const body = node("div", { class: "networks", id: "results", tabindex: "-1", "data-testid": "networks", "data-count": data.networks.length },
    ...(data.networks.length ? [node("h2", {}, words.networks), node("ol", {}, ...data.networks.map(network))] : []),
    ...(data.left.length ? [node("h2", {}, words.left), node("ul", { class: "left" }, ...data.left.map((each) => node("li", { "data-left": each.code }, each.said)))] : []),
    ...(data.notes.length ? [node("h2", {}, words.notes), lines(data.notes)] : []),
    folded(words.minimised, node("p", {}, data.minimised)),
    folded(words.honest, lines(data.honest), true),
    node("p", { class: "only-paper" }, data.made));
  parentElement.querySelector(".networks")?.remove();
  parentElement.append(body);
  if (focus !== undefined) body.querySelector(`[data-at="${focus}"] button`)?.focus({ preventScroll: true });
}

const lines = (texts) => page.kit.node("ul", {}, ...texts.map((text) => page.kit.node("li", {}, text)));
const folded = (...parts) => page.kit.folded(...parts);

function network(each, at) {
  const { node } = page.kit;
  const { words, map } = page.data;
  const name = page.kit.fill(words.network, { number: at + 1 });
  const sign = node("span", { class: "sign", "aria-hidden": "true" }, String(at + 1));
  sign.style.backgroundColor = map.colours[map.classes[map.codes.indexOf(each.heart)]];
  return node("li", { "data-at": String(at) },
    node("button", { type: "button", "aria-pressed": "false", onclick: () => choose(each.heart, false) }, sign, node("span", { class: "hidden" }, `${name}: `), node("span", {}, each.members)),
    node("p", {}, each.facts), node("p", {}, each.seat),
    ...(each.kept ? [node("p", { class: "kept" }, each.kept)] : []),
    ...each.missing.map((line) => node("p", { class: "missing" }, line)),
    ...(each.offers.length ? [folded(words.services, node("ul", {}, ...each.offers.map(offer)))] : []));
}

function offer(each) {
  const { node } = page.kit;
  const { words } = page.data;
  const part = (title, ids) => (ids.length ? [node("div", {}, `${title} `, ...ids.flatMap((id, i) => [i ? ", " : "", link(id)]))] : []);
  return node("li", {}, node("strong", {}, each.kind), ...part(words.located, each.located), ...part(words.serving, each.serving), ...(each.without ? [node("div", { class: "missing" }, each.without)] : []));
}

function link(id) {
  const { data, kit } = page;
  const query = new URLSearchParams({ service: id });
  if (data.lang !== "nl") query.set("lang", data.lang);
  return kit.node("a", { href: `./?${query}`, target: "_self" }, data.services[id]);
}
