/* The page around the map: draws the list of cards, asks for the browser's place, keeps card and marker in step.
 * All words come from the server; text from the directory is only ever set as text, never as HTML. */

let node, link, short, fill, fetchOnce; // of kit.js
const unpack = (kit) => { ({ node, link, short, fill, fetchOnce } = kit); page.kit = kit; };
const outside = { target: "_blank", rel: "noopener noreferrer" };
const icon = (base, type) => node("img", { src: `${base}icons/${type}.svg`, alt: "", width: 28, height: 28, class: "symbol" });

/* a mail to the keeper that already says which service it is about */
function reportLink(facts, words) {
  const here = `${window.location.origin}${window.location.pathname}?service=${encodeURIComponent(facts.id)}`;
  const filled = (text) => fill(text, { name: short(facts.name), id: facts.id, link: here });
  return `mailto:${words.keeper}?subject=${encodeURIComponent(filled(words.report_subject))}&body=${encodeURIComponent(filled(words.report_body))}`;
}

const frames = () => page.kit.framesIn(".st-key-map-side");
/* the frame of the map says "ready" when it can listen; what was said before that is said again */
const showOnMap = () => page.kit.tell(frames()[0], { show: page.map });
const glance = (row) => page.kit.tell(frames()[0], { glance: row });

/* ---- one card --------------------------------------------------------------------------------------------- */
function card(view, hit) {
  const { data, words, act } = view;
  const [row, distance, state, opening] = hit;
  const lang = data.lang === "nl" ? null : "nl"; // what the directory itself says is Dutch
  const facts = view.cards.get(row);
  const kept = data.kept.includes(facts.id);
  const title = node("a", { lang, href: view.address({ service: facts.id }), onclick: (event) => view.follow(event, { do: "service", id: facts.id }) }, facts.name);
  const line = (cls, ...content) => (content.some(Boolean) ? node("p", { class: cls }, ...content) : null);
  const phones = facts.phones.map(([href, text]) => link(href, text, { class: "phone", "aria-label": `${words.call} ${text}` }));
  const actions = node("div", { class: "actions" },
    ...phones,
    facts.website ? link(facts.website, words.website, { ...outside, "aria-label": `${words.website}: ${facts.name}` }) : null,
    facts.email ? link(`mailto:${facts.email}`, words.email, { "aria-label": `${words.email}: ${facts.name}` }) : null,
    facts.route ? link(facts.route, words.route, { ...outside, "aria-label": `${words.route}: ${facts.name}` }) : null,
    node("button", { type: "button", class: "keep", disabled: data.full && !kept, title: data.full && !kept ? words.full : null, "aria-pressed": String(kept), "aria-label": `${kept ? words.kept : words.keep}: ${facts.name}`, onclick: () => act({ do: "keep", id: facts.id }) }, kept ? words.kept : words.keep));
  return node("li", { class: `card ${facts.standing}`, "data-id": facts.id, "data-row": row, onmouseenter: () => glance(row), onmouseleave: () => glance(null), onfocusin: () => glance(row) },
    node("div", { class: "kind" }, icon(view.base, facts.type), node("span", {}, facts.kind), distance ? node("span", { class: "distance" }, distance) : null),
    node(view.heading, {}, title),
    facts.mark ? line("mark", facts.mark) : null,
    facts.alert ? node("p", { class: "alert", lang }, facts.alert, lang ? node("span", { class: "tongue", lang: data.lang }, ` ${words.dutch}`) : null) : null,
    line("where", facts.where),
    facts.area ? line("area", facts.area) : null,
    node("p", { class: "when" }, node("span", { class: `state ${state}` }, opening || facts.hours), node("span", { class: "ages" }, facts.ages)),
    actions,
    node("p", { class: "checked" }, facts.checked, facts.source ? " · " : null, facts.source ? link(facts.source, words.source, { ...outside, "aria-label": `${words.source}: ${facts.name}` }) : null, " · ", link(view.report(facts), words.report, { "aria-label": `${words.report}: ${facts.name}` })));
}

function section(view, { title, note, hits, more, id }) {
  const rows = node("ul", { class: "cards" }, ...hits.map((hit) => card(view, hit)));
  const button = more ? node("button", { type: "button", class: "more", onclick: () => view.act({ do: "more", section: id }) }, more) : null;
  return node("section", { "aria-labelledby": `title-${id}`, "data-section": id }, title ? node("h2", { id: `title-${id}` }, title) : null, note ? node("p", { class: "note" }, note) : null, rows, button);
}

/* ---- help when little is found ----------------------------------------------------------------------------- */
function help(view, { title, lines, choices }) {
  return node("section", { class: "help", "aria-label": title },
    node("h2", {}, title),
    ...lines.map((text) => node("p", {}, text)),
    choices.length ? node("div", { class: "choices" }, ...choices.map(([text, wish]) => node("button", { type: "button", onclick: () => view.act(wish) }, text))) : null);
}

/* ---- one service, whole -------------------------------------------------------------------------------------- */
function detail(view, whole) {
  const back = node("button", { type: "button", class: "back", onclick: () => view.act({ do: "service", id: "" }) }, view.words.back);
  const parts = whole.parts.flatMap(([heading, lines]) => [node("h3", {}, heading), ...lines.map((line) => (Array.isArray(line) ? node("p", { lang: line[1] }, line[0], node("span", { class: "tongue", lang: view.data.lang }, ` ${view.words.dutch}`)) : node("p", {}, line)))]);
  return node("section", { class: "detail", "aria-label": whole.title, tabindex: "-1" }, back, node("ul", { class: "cards" }, card({ ...view, heading: "h2" }, whole.hit)), ...parts);
}

/* ---- the list, with what the page needs around it ------------------------------------------------------------ */
/* One for the whole document, however often the list is mounted anew: two that both watch the page and each know
 * another line would write over each other without end. */
const page = { turn: 0, detail: null };

export async function list({ data, parentElement, setTriggerValue }, kit) {
  unpack(kit);
  const turn = ++page.turn;
  page.act = (wish) => setTriggerValue("wish", { ...wish, nonce: Date.now() });
  page.map = data.map;
  dressPage(data);
  showOnMap();
  const parts = await Promise.all(data.shards.map((name) => fetchOnce(data.base + name)));
  if (turn !== page.turn) return; // a newer answer came in between
  const cards = new Map(parts.flatMap((part) => part.cards));
  const { words } = parts[0];
  page.mapTitle = words.map;
  label();
  const field = document.querySelector(".st-key-place input");
  if (field && !field.dataset.dressed) suggest(field, data.base + words.names);
  const view = {
    data, cards, words, base: data.base, act: page.act, heading: "h3",
    address: (change) => { const url = new URL(window.location.href); for (const [k, v] of Object.entries(change)) url.searchParams.set(k, v); return url.search; },
    follow: (event, wish) => { if (event.metaKey || event.ctrlKey || event.shiftKey) return; event.preventDefault(); page.act(wish); },
    report: (facts) => reportLink(facts, words),
  };
  const body = node("div", { class: data.place ? "services placed" : "services", "data-testid": "services", "data-count": data.count, id: "results", tabindex: "-1" },
    node("p", { class: "found", role: "status" }, data.found),
    data.detail ? detail(view, data.detail) : null,
    data.help ? help(view, data.help) : null,
    ...(data.detail ? [] : data.sections.filter((part) => part.hits.length || part.more).map((part) => section(view, part))));
  const focused = document.activeElement?.closest?.("[data-id]")?.dataset.id;
  const grown = document.activeElement?.classList?.contains("more") ? document.activeElement.closest("[data-section]") : null;
  const before = grown?.querySelectorAll(".card").length;
  parentElement.querySelector(".services")?.remove();
  parentElement.append(body);
  const moved = page.place !== undefined && page.place !== data.place;
  page.place = data.place;
  if (moved && data.place && window.innerWidth <= 900) document.querySelector(".st-key-map-side")?.scrollIntoView({ block: "start" });
  const wanted = data.detail?.id ?? null;
  if (wanted !== page.detail) {
    const left = page.detail;
    page.detail = wanted;
    if (left && !wanted) body.querySelector(`[data-id="${CSS.escape(left)}"] a`)?.focus();
    if (wanted && (turn > 1 || window.innerWidth <= 900)) {
      const whole = body.querySelector(".detail");
      if (turn > 1) whole.focus({ preventScroll: true });
      if (window.innerWidth <= 900 || whole.getBoundingClientRect().top < 0) whole.scrollIntoView({ block: "start" });
    }
  } else if (grown) body.querySelectorAll(`[data-section="${grown.dataset.section}"] .card`)[before]?.querySelector("a")?.focus();
  else if (focused) body.querySelector(`[data-id="${CSS.escape(focused)}"] .keep`)?.focus({ preventScroll: true });
}

/* Language of the document, counts on the pills, suggestions under the search field, messages from the map. */
function dressPage(data) {
  document.documentElement.lang = data.lang;
  if (data.title) document.title = data.title;
  page.counts = data.counts;
  page.unplaced = data.unplaced;
  label();
  page.kit.watch(label);
  if (!page.listens) {
    page.listens = true;
    page.kit.listen(frames, (said) => {
      if ("glance" in said) document.querySelectorAll(".card").forEach((c) => c.classList.toggle("glance", String(said.glance) === c.dataset.row));
      else if ("ready" in said) showOnMap();
      else if ("service" in said) page.act({ do: "row", row: said.service });
      else if ("municipality" in said) page.act({ do: "municipality", nis: said.municipality });
    });
    page.kit.reloadOnBack();
  }
}

/* What belongs on parts of the page that come and go by themselves: the title of the map's frame, how many services
 * have no mark on it, and how many each choice would give, beside its word. */
function label() {
  const [frame] = frames();
  if (frame && page.mapTitle && frame.title !== page.mapTitle) frame.title = page.mapTitle;
  const unplaced = document.querySelector(".unplaced");
  if (unplaced && unplaced.textContent !== page.unplaced) unplaced.textContent = page.unplaced;
  for (const [key, counts] of Object.entries(page.counts)) {
    document.querySelectorAll(`.st-key-${key} [data-testid="stButtonGroup"] button`).forEach((button, at) => {
      const count = String(counts[at] ?? "");
      if (button.dataset.count !== count) button.dataset.count = count;
    });
  }
}

/* Names that begin with what is typed, from our own list: nothing leaves the browser while typing. */
async function suggest(field, url) {
  field.dataset.dressed = "yes";
  field.setAttribute("autocomplete", "off");
  field.setAttribute("enterkeyhint", "search");
  const box = node("datalist", { id: "places" });
  document.body.append(box);
  field.setAttribute("list", "places");
  const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[-'’. ]+/g, " ").toLowerCase();
  let names = null;
  field.addEventListener("focus", async () => { names ??= (await fetchOnce(url)).map((name) => [plain(name), name]); }, { once: true });
  field.addEventListener("input", () => {
    const typed = plain(field.value);
    const found = names && typed.length > 1 ? names.filter(([key]) => key.startsWith(typed)).slice(0, 8) : [];
    box.replaceChildren(...found.map(([, name]) => node("option", { value: name })));
  });
}

/* ---- "near me": asks only on a click ---------------------------------------------------------------------------- */
export function near({ data, parentElement, setTriggerValue }) {
  const button = parentElement.querySelector("button");
  button.textContent = data.label;
  button.onclick = () => {
    button.disabled = true;
    button.textContent = data.busy;
    const done = (answer) => { button.disabled = false; button.textContent = data.label; setTriggerValue("wish", { ...answer, nonce: Date.now() }); };
    if (!navigator.geolocation) { done({ refused: "unsupported" }); return; }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => done({ lon: coords.longitude, lat: coords.latitude, accuracy: coords.accuracy }),
      (error) => done({ refused: ["", "denied", "unavailable", "timeout"][error.code] || "unavailable" }),
      { timeout: 10000, maximumAge: 60000 },
    );
  };
}

/* ---- the name of a page that is only known once it is drawn -------------------------------------------------------- */
export function title({ data }) {
  document.title = data.title;
}

/* ---- links in the head: language and printing keep the rest of the address ---------------------------------------- */
export function head({ data }, { fetchOnce, alreadyAsked }) {
  document.documentElement.lang = data.lang;
  if (document.documentElement.dataset.head) return;
  document.documentElement.dataset.head = "yes";
  const wanted = window.location.hash.slice(1); // the part it names is drawn later than the browser looks for it
  const look = new MutationObserver(() => { const part = document.getElementById(wanted); if (part) { look.disconnect(); part.scrollIntoView(); } });
  if (wanted) look.observe(document.body, { childList: true, subtree: true });
  for (const url of data.ahead) fetchOnce(url).catch(() => {}); // needed in a moment, here or in the map's frame
  window.opvoedkaartAhead = alreadyAsked;
  document.addEventListener("click", (event) => {
    const choice = event.target.closest?.("a[data-lang]");
    if (choice && !event.metaKey && !event.ctrlKey) {
      event.preventDefault();
      const url = new URL(window.location.href);
      url.searchParams.set("lang", choice.dataset.lang);
      window.location.assign(url);
    }
    if (event.target.closest?.("[data-print]")) window.print();
  });
}
