/* What the scripts of the pages share: parts of a page, what is fetched once, and what page and maps say to each other.
 * Whoever mounts a script hands it over as `kit`. Text is only ever set as text, never as HTML. */

/* ---- words ------------------------------------------------------------------------------------------------- */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ""));
export const short = (text) => (text.length > 120 ? `${text.slice(0, 119)}…` : text);
/* a whole number as the language writes it; all others come from the server as text */
export const count = (number, grouping) => String(number).replace(/\B(?=(\d{3})+$)/g, grouping);

/* ---- parts of a page ----------------------------------------------------------------------------------------- */
export const node = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "class") made.className = value;
    else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
};

const SAFE_LINK = /^(https?:|tel:|mailto:)/i;
export const link = (href, text, attributes = {}) => (SAFE_LINK.test(href) ? node("a", { href, ...attributes }, text) : node("span", {}, text));

export function swatches(title, entries) {
  return node("ul", { "aria-label": title }, ...entries.map((entry) => {
    const swatch = node("span", { class: entry.colour ? "swatch" : "swatch hatch", "aria-hidden": "true" });
    if (entry.colour) swatch.style.backgroundColor = entry.colour;
    return node("li", {}, swatch, node("span", {}, entry.text), entry.count === undefined ? null : node("span", { class: "count" }, entry.count));
  }));
}

export function table(title, head, rows, { isOfNumbers = false } = {}) {
  return node("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": title },
    node("table", { class: isOfNumbers ? "numbers" : null }, node("thead", {}, node("tr", {}, ...head.map((text) => node("th", { scope: "col" }, text)))), node("tbody", {}, ...rows)));
}

export const folded = (title, content, isOpen) => node("details", { open: isOpen === true }, node("summary", {}, title), content);

/* ---- files that are fetched once ------------------------------------------------------------------------------ */
/* what is still being fetched when the reader leaves the page is no fault */
window.addEventListener("beforeunload", () => window.addEventListener("unhandledrejection", (event) => event.preventDefault()));

const files = new Map();
export const fetchOnce = (url) => {
  if (!files.has(url)) {
    files.set(url, fetch(url, { cache: "force-cache" }).then((answer) => {
      if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
      return answer.json();
    }).catch((error) => { files.delete(url); throw error; }));
  }
  return files.get(url);
};
export const alreadyAsked = (url) => files.get(url);

/* ---- the maps -------------------------------------------------------------------------------------------------- */
export const framesIn = (part) => [...document.querySelectorAll(`${part} iframe[src*="streamlit_folium"]`)];
export const tell = (frame, message) => frame?.contentWindow?.postMessage({ opvoedkaart: message }, window.location.origin);

/* a page hears its own maps, and none of a page that was there before: `hear` gets what is said, and the frame */
export function listen(frames, hear) {
  window.addEventListener("message", (event) => {
    if (event.origin !== window.location.origin || !event.data?.opvoedkaart) return;
    const from = frames().find((frame) => frame.contentWindow === event.source);
    if (from) hear(event.data.opvoedkaart, from);
  });
}

/* ---- what comes and goes by itself ------------------------------------------------------------------------------ */
/* titles, headlines and legends: `dress` says what stands there, whenever something changes in what Streamlit redraws */
const observers = new Map();
export function watch(dress) {
  const part = document.querySelector(".stMain") ?? document.body;
  const known = observers.get(dress);
  if (known?.part === part) return;
  known?.observer.disconnect();
  const observer = new MutationObserver(dress);
  observer.observe(part, { childList: true, subtree: true });
  observers.set(dress, { part, observer });
}

/* Back and forward show the address they go to; a jump inside the page is none of our business. */
let shown = null;
export function reloadOnBack() {
  if (shown !== null) return;
  shown = window.location.search;
  for (const name of ["pushState", "replaceState"]) {
    const change = window.history[name].bind(window.history);
    window.history[name] = (...values) => { change(...values); shown = window.location.search; };
  }
  window.addEventListener("popstate", () => { if (window.location.search !== shown) window.location.reload(); });
}
