/* Networks on the coverage map: a thick line around each, its number at the possible seat, and the chosen one marked.
 * The lines are found here: a piece of border that only one municipality of a network has lies on its outside. */
"use strict";
(() => {
  const state = window.opvoedkaart;
  const { show, onShapes, onLook } = state;
  const { tell, fill, onHold } = state.tools;
  const LINE = 2.6; // pixels
  const SIZE = 26;
  let wanted = null; // see ui/networks/view.py
  let chosen = -1; // position of the chosen network
  let target = null; // where the map went for it, until the reader moves the map
  let layer = null;
  let numbers = null;
  let drawnFor = "";
  let rings = [];

  const ringsOf = ({ geometry: { type, coordinates } }) => (type === "Polygon" ? coordinates : coordinates.flat());

  /* all pieces of the outside of some municipalities: their shapes share their corners exactly */
  function outline(features) {
    const pieces = new Map();
    for (const ring of features.flatMap(ringsOf)) {
      for (let i = 1; i < ring.length; i++) {
        const ends = [ring[i - 1], ring[i]];
        const key = ends.map(String).sort().join(" ");
        if (!pieces.delete(key)) pieces.set(key, ends.map(([lon, lat]) => [lat, lon]));
      }
    }
    return [...pieces.values()];
  }

  const featuresOf = (codes) => {
    const inside = new Set(codes);
    return state.features.municipalities.filter((feature) => inside.has(feature.properties.nis));
  };

  function furnish() {
    if (state.map.getPane("outlines")) return;
    const pane = state.map.createPane("outlines");
    pane.style.zIndex = 430;
    pane.style.pointerEvents = "none";
    state.lines = L.canvas({ pane: "outlines", padding: 0.2 });
    onHold(() => { target = null; });
    state.map.on("resize", goThere); // after classes.js, which goes to the area
    state.map.on("zoomend resize", drawNumbers);
  }

  function number(place, at) {
    const text = document.createElement("span");
    text.textContent = String(at + 1);
    const icon = L.divIcon({ className: at === chosen ? "proposal" : "proposal kept", html: text, iconSize: [SIZE, SIZE], iconAnchor: [SIZE / 2, SIZE / 2] });
    const title = fill(wanted.mark, { number: at + 1 });
    const made = L.marker(place, { icon, title, alt: title, keyboard: false, zIndexOffset: at === chosen ? 2000 : 900 });
    made.on("add", () => { made.getElement().style.cursor = "pointer"; });
    made.on("click", () => tell({ municipality: wanted.groups[at][0] }));
    return made;
  }

  /* numbers that do not lie on one another: the chosen one first; the others come when there is room, on zooming in */
  function drawNumbers() {
    if (!wanted) return;
    const order = wanted.seats.map((_, at) => at).sort((a, b) => (b === chosen) - (a === chosen) || a - b);
    const taken = [];
    const roomy = order.filter((at) => {
      const point = state.map.latLngToLayerPoint(wanted.seats[at]);
      const isFree = taken.every((other) => other.distanceTo(point) >= SIZE);
      if (isFree) taken.push(point);
      return isFree;
    });
    if (numbers) numbers.remove();
    numbers = L.layerGroup(roomy.map((at) => number(wanted.seats[at], at))).addTo(state.map);
    if (state.networks) state.networks.numbers = roomy.length;
  }

  function draw() {
    if (!wanted || !state.features) return;
    furnish();
    const key = JSON.stringify(wanted.groups);
    if (key !== drawnFor) rings = wanted.groups.map((codes) => outline(featuresOf(codes)));
    drawnFor = key;
    if (layer) layer.remove();
    const line = (at, color, weight) => L.polyline(rings[at], { color, weight, pane: "outlines", renderer: state.lines, interactive: false });
    const marked = rings[chosen] ? [line(chosen, state.look.ink, 9), line(chosen, "#ffb000", 5)] : [];
    layer = L.layerGroup([...rings.map((_, at) => line(at, state.look.ink, LINE)), ...marked]).addTo(state.map);
    state.networks = { count: rings.length, chosen, pieces: rings.map((ring) => ring.length) };
    goThere();
    drawNumbers();
  }

  function goThere() {
    if (!target || !state.features) return;
    const found = featuresOf(target);
    if (found.length) state.map.fitBounds(L.geoJSON(found).getBounds(), { maxZoom: 11, animate: false, padding: [24, 24] });
  }

  /* the list says which network is chosen, and whether the map goes there: back to all of them when none is */
  window.addEventListener("message", (event) => {
    const said = event.origin === window.location.origin && event.data?.opvoedkaart?.network;
    if (!said || !wanted) return;
    chosen = said.at;
    if (said.go) target = wanted.groups[chosen] ?? wanted.codes;
    draw();
  });

  state.show = async (shown) => {
    if (JSON.stringify(wanted?.groups) !== JSON.stringify(shown.groups)) target = null;
    wanted = shown;
    await show(shown);
    if (wanted === shown) draw();
  };
  state.onShapes = () => { onShapes?.(); draw(); };
  state.onLook = () => { onLook?.(); draw(); };
})();
