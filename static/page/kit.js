/* What the tabs of the planning page share: what stands around their maps, and what page and maps say to each other. */

export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ""));
export const framesIn = (part) => [...document.querySelectorAll(`${part} iframe[src*="streamlit_folium"]`)];
export const tell = (frame, message) => frame?.contentWindow?.postMessage({ opvoedkaart: message }, window.location.origin);

/* a tab hears its own maps, and none of a tab that was there before: `hear` gets what is said, and the frame */
export function listen(frames, hear) {
  window.addEventListener("message", (event) => {
    if (event.origin !== window.location.origin || !event.data?.opvoedkaart) return;
    const from = frames().find((frame) => frame.contentWindow === event.source);
    if (from) hear(event.data.opvoedkaart, from);
  });
}

/* titles, headlines and legends come and go by themselves: `dress` says what stands there, whenever something changes */
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

export function swatches(node, title, entries) {
  return node("ul", { "aria-label": title }, ...entries.map((entry) => {
    const swatch = node("span", { class: entry.colour ? "swatch" : "swatch hatch", "aria-hidden": "true" });
    if (entry.colour) swatch.style.backgroundColor = entry.colour;
    return node("li", {}, swatch, node("span", {}, entry.text));
  }));
}

export function table(node, title, head, rows, { isOfNumbers = false } = {}) {
  return node("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": title },
    node("table", { class: isOfNumbers ? "numbers" : null }, node("thead", {}, node("tr", {}, ...head.map((text) => node("th", { scope: "col" }, text)))), node("tbody", {}, ...rows)));
}

export const folded = (node, title, content, isOpen) => node("details", { open: isOpen === true }, node("summary", {}, title), content);
