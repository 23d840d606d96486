/* The planning page: the numbered places, what changes per municipality, and the map in step.
 * `kit` is the module of kit.js. All words come from the server; names are only ever set as text. */

const page = { data: null };
const frames = () => page.kit.framesIn(".st-key-plan-map");

export function plan({ data, parentElement, setTriggerValue }, kit) {
  const isFirst = page.data === null;
  page.data = data;
  page.kit = kit;
  page.act = (wish) => setTriggerValue("wish", { ...wish, nonce: Date.now() });
  document.documentElement.lang = data.lang;
  document.title = data.title;
  if (isFirst) listen();
  showOnMap();
  kit.watch(dress);
  draw(parentElement);
  dress();
}

function showOnMap() {
  page.kit.tell(frames()[0], { show: { selected: "", ...page.data.map } });
}

function listen() {
  page.kit.reloadOnBack();
  page.kit.listen(frames, (said) => {
    if ("ready" in said) showOnMap();
    else if ("moved" in said) move(said.moved);
  });
}

const move = (where) => page.act({ do: "move", sites: page.data.sites.map((site) => site.id), ...where });

/* what stands around the map comes and goes by itself: its title, its legend */
function dress() {
  const { node, swatches } = page.kit;
  const { data } = page;
  const [map] = frames();
  if (map && map.title !== data.mapTitle) map.title = data.mapTitle;
  const foot = document.querySelector(".st-key-plan-map .cover-legend");
  if (!foot || foot.dataset.key === data.words.legend) return;
  foot.dataset.key = data.words.legend;
  foot.replaceChildren(node("p", {}, data.words.legend), swatches(data.words.legend, data.legend));
}

function draw(parentElement) {
  const { node, folded } = page.kit;
  const { data } = page;
  const { words } = data;
  const body = node("div", { class: "plan", id: "results", tabindex: "-1", "data-testid": "plan", "data-count": data.sites.length },
    node("div", { class: "cover-head", role: "status" }, ...data.headline.map((line, at) => node("p", { class: at ? "more" : "first" }, line))),
    node("h2", {}, words.sites),
    node("ol", { class: "proposals" }, ...data.sites.map(place)),
    folded(words.gains, gains(), true),
    folded(words.compared, compared()),
    folded(words.assumptions, node("ul", {}, ...data.assumptions.map((line) => node("li", {}, line)))));
  const focus = document.activeElement?.closest?.(".plan [data-site]")?.dataset.site;
  parentElement.querySelector(".plan")?.remove();
  parentElement.append(body);
  if (focus) body.querySelector(`[data-site="${CSS.escape(focus)}"] button`)?.focus({ preventScroll: true });
}

function place(site, at) {
  const { node } = page.kit;
  const { words } = page.data;
  const field = node("input", { type: "text", size: 12, "aria-label": words.where, placeholder: words.where, maxlength: 100 });
  const form = node("form", { hidden: true, onsubmit: (event) => { event.preventDefault(); move({ at, text: field.value }); } }, field, node("button", { type: "submit" }, words.go));
  const button = (text, wish, pressed) => node("button", { type: "button", "aria-pressed": pressed === undefined ? null : String(pressed), "aria-label": `${text}: ${site.name}`, onclick: wish }, text);
  const problem = page.data.problem?.at === at ? page.data.problem : null;
  if (problem) form.hidden = false;
  return node("li", { "data-site": site.id },
    node("strong", {}, site.name), node("small", {}, site.said),
    node("div", { class: "actions" },
      button(site.kept ? words.kept : words.keep, () => page.act({ do: "keep", id: site.id }), site.kept),
      button(words.forbid, () => page.act({ do: "forbid", id: site.id })),
      button(words.move, () => { form.hidden = !form.hidden; if (!form.hidden) field.focus(); }),
      form,
      problem ? node("p", { class: "problem", role: "alert" }, problem.text) : null,
      ...(problem?.choices ?? []).map(([id, name]) => node("button", { type: "button", onclick: () => move({ at, text: id }) }, name))));
}

function gains() {
  const { node, table } = page.kit;
  const { words, gains: rows } = page.data;
  return table(words.gains, [words.town, words.children, words.before, words.after, words.gain], rows.map((row) => node("tr", { class: row.loses ? "loses" : null, "data-code": row.code },
    node("th", { scope: "row" }, row.name), ...[row.children, row.before, row.after, row.gain].map((text) => node("td", { class: "number" }, text)))));
}

function compared() {
  const { node, table } = page.kit;
  const { words, compared: rows } = page.data;
  return table(words.compared, [words.measure, words.before, words.after], rows.map(([name, before, after]) => node("tr", {}, node("th", { scope: "row" }, name), node("td", { class: "number" }, before), node("td", { class: "number" }, after))));
}
