/* The map inside the frame: its ground, its layers, and what the page says to it. What answers to a finger or a key is in
 * popups.js. Boundaries and services are fetched once; every rerun only says what to show. Text from the directory is
 * only ever set as text, never as HTML. */
"use strict";
(() => {
  const STATIC = "../../app/static/";
  const DETAIL_ZOOM = 10; // from here on municipalities carry their name
  const NAMES_MAX = 60; // names on screen at once
  const EVERYTHING = [[50.69, 2.54], [51.51, 5.92]]; // Flanders and Brussels
  const LOOK = {
    light: { paper: "#f4efe3", land: "#fffdf8", line: "#b9b29e", province: "#8d8672", ink: "#3c4745", chosen: "#00695c", area: "#00695c" },
    dark: { paper: "#0f1918", land: "#1c2b29", line: "#41544f", province: "#6f837c", ink: "#cfdad4", chosen: "#5fc9b4", area: "#5fc9b4" },
  };
  const state = { map: null, words: {}, look: LOOK.light, points: null, shown: null, view: "", drawn: 0, visible: 0, layers: {}, labels: null, marks: new Map(), indexed: 0 };
  window.opvoedkaart = state;

  /* what is still being fetched when the reader leaves the page is no fault */
  window.addEventListener("beforeunload", () => window.addEventListener("unhandledrejection", (event) => event.preventDefault()));
  const json = async (name) => {
    const ahead = window.parent.opvoedkaartAhead?.(`app/static/${name}`); // the page may have asked for it already
    if (ahead) return ahead;
    const answer = await fetch(STATIC + name, { cache: "force-cache" });
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    return answer.json();
  };
  const tell = (message) => window.parent.postMessage({ opvoedkaart: message }, window.location.origin);
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ""));
  const short = (text) => (text.length > 120 ? `${text.slice(0, 119)}…` : text);
  const node = (tag, cls, text) => {
    const made = document.createElement(tag);
    if (cls) made.className = cls;
    if (text !== undefined) made.textContent = text;
    return made;
  };

  /* which rows a mask shows: one bit each, least significant first */
  function bitsOf(mask) {
    const raw = atob(mask);
    return (row) => (raw.charCodeAt(row >> 3) >> (row & 7)) & 1;
  }
  /* whoever takes hold of the map decides from then on where it is */
  const onHold = (leave) => { for (const touch of ["pointerdown", "wheel", "keydown"]) state.map.getContainer().addEventListener(touch, leave, { capture: true, passive: true }); };

  /* ---- the base map: municipalities, provinces, names -------------------------------------------------- */
  /* whether a municipality lies in the area of a REFNIS code: itself, its province, Flanders or Brussels */
  const isIn = ({ properties: { nis, prov } }, code) => code === nis || code === prov || (code === "02000" && prov !== "04000");
  const municipalityStyle = (feature) => (state.styleOf ? state.styleOf(feature) : servedStyle(feature));
  const servedStyle = (feature) => {
    const nis = feature.properties.nis;
    const chosen = state.shown && nis === state.shown.nis;
    const served = state.shown && state.shown.areas.some((code) => isIn(feature, code));
    return {
      color: chosen ? state.look.chosen : state.look.line,
      weight: chosen ? 3 : 0.8,
      fillColor: chosen || served ? state.look.area : state.look.land,
      fillOpacity: chosen || served ? (served ? 0.28 : 0.12) : state.tiles ? 0.05 : 1,
    };
  };
  const provinceStyle = () => ({ color: state.look.province, weight: 2, fill: false, interactive: false });
  const nameOf = (properties) => {
    if (properties.nis === "04000") return state.words.brussels;
    return state.lang === "fr" ? properties.fr : properties.nl;
  };

  /* what the other scripts of this frame build on */
  state.tools = { STATIC, EVERYTHING, json, tell, fill, short, node, bitsOf, onHold, nameOf };

  function addBaseMap(municipalities, provinces) {
    const renderer = L.canvas({ padding: 0.2 }); // one picture, not 304 elements: kind to an old phone
    state.layers.municipalities = L.geoJSON(municipalities, {
      renderer,
      style: municipalityStyle,
      onEachFeature: (feature, layer) => {
        layer.on("click", () => tell({ municipality: feature.properties.nis }));
        layer.bindTooltip(() => node("span", "", state.tipOf?.(feature.properties) ?? nameOf(feature.properties)), { sticky: true, className: "quiet" });
      },
    }).addTo(state.map);
    state.layers.provinces = L.geoJSON(provinces, { renderer, style: provinceStyle, interactive: false }).addTo(state.map);
    state.features = { municipalities: municipalities.features, provinces: provinces.features };
  }

  function drawNames() {
    const { map, shown } = state;
    if (!state.features) return;
    const key = `${map.getZoom()} ${map.getBounds().toBBoxString()} ${shown?.mask}`;
    if (state.named === key) return;
    state.named = key;
    if (state.labels) state.labels.remove();
    const near = map.getZoom() >= DETAIL_ZOOM;
    const bounds = map.getBounds();
    const named = (near ? state.features.municipalities : state.features.provinces).filter((f) => bounds.contains([f.properties.label[1], f.properties.label[0]]));
    state.labels = L.layerGroup(
      roomy(named).slice(0, NAMES_MAX).map((f) => {
        const text = node("span", near ? "name" : "name province", nameOf(f.properties));
        return L.marker([f.properties.label[1], f.properties.label[0]], { icon: L.divIcon({ className: "label", html: text, iconSize: [0, 0] }), interactive: false, keyboard: false, pane: "names" });
      }),
    ).addTo(map);
    if (!near) state.drawCentres();
  }

  /* Names that do not run into one that is already there. */
  function roomy(features) {
    const taken = [];
    return features.filter((f) => {
      const at = state.map.latLngToContainerPoint([f.properties.label[1], f.properties.label[0]]);
      const half = nameOf(f.properties).length * 3.6; // pixels, about
      const isFree = taken.every((other) => Math.abs(other.y - at.y) > 15 || Math.abs(other.x - at.x) > other.half + half);
      if (isFree) taken.push({ x: at.x, y: at.y, half });
      return isFree;
    });
  }

  /* ---- the place that was searched --------------------------------------------------------------------------- */
  function drawPlace() {
    const { place } = state.shown;
    const key = JSON.stringify(place);
    if (state.place === key) return;
    state.place = key;
    if (state.layers.place) state.layers.place.remove();
    state.layers.place = null;
    if (!place) return;
    const dot = L.divIcon({ className: "here", html: node("span"), iconSize: [22, 22] });
    state.layers.place = L.marker([place.lat, place.lon], { icon: dot, alt: place.name, title: place.name, keyboard: false, interactive: false, zIndexOffset: -500 }).addTo(state.map);
  }

  function moveTo(view) {
    if (!view && state.view !== "everything") {
      state.view = "everything";
      state.map.fitBounds(EVERYTHING, { animate: false });
    }
    if (!view || view.key === state.view) return;
    if (view.areas.length && !state.features) return; // as soon as the shapes are here
    state.view = view.key;
    const around = (state.features?.municipalities ?? []).filter((f) => view.areas.some((code) => isIn(f, code)));
    if (around.length) {
      const bounds = L.geoJSON(around).getBounds();
      if (view.lat !== null) bounds.extend([view.lat, view.lon]);
      state.map.fitBounds(bounds, { maxZoom: view.zoom, animate: false });
      return;
    }
    if (view.lat === null) return;
    state.map.setView([view.lat, view.lon], Math.max(view.zoom, state.map.getZoom()), { animate: false });
  }

  function draw() {
    const { shown, features } = state;
    const served = JSON.stringify([shown.nis, shown.areas]);
    if (features && state.served !== served) {
      state.served = served;
      state.layers.municipalities.setStyle(municipalityStyle);
      state.layers.municipalities.eachLayer((layer) => { if (layer.feature.properties.nis === shown.nis) layer.bringToFront(); });
    }
    moveTo(shown.view);
    drawPlace();
    state.drawServices();
    drawNames();
  }

  /* ---- what the page calls ------------------------------------------------------------------------------------ */
  /** Called by the constant base script, once. */
  state.start = (map, file) => {
    state.map = map;
    map.attributionControl.setPrefix(false);
    const container = map.getContainer(); // Leaflet focuses it on every press; the page must not jump for that
    const focus = container.focus.bind(container);
    container.focus = () => focus({ preventScroll: true });
    // who takes hold of the map before the shapes have come goes where they want: it no longer moves by itself
    const hold = () => { if (state.shown?.view) state.view = state.shown.view.key; };
    onHold(hold);
    dress();
    new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(container);
    map.on("moveend", () => { state.drawServices(); drawNames(); });
    state.ready = json(file).then((constant) => {
      furnish(constant);
      Promise.all([json(constant.municipalities), json(constant.provinces)]).then((shapes) => {
        addBaseMap(...shapes);
        if (state.shown) draw();
        state.onShapes?.();
      });
    });
    tell({ ready: true });
  };

  function furnish({ lang, words, tiles, attribution }) {
    const { map } = state;
    Object.assign(state, { lang, words, tiles });
    document.documentElement.lang = lang;
    map.getContainer().setAttribute("role", "region");
    map.getContainer().setAttribute("aria-label", words.map);
    L.control.zoom({ zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out }).addTo(map);
    L.control.scale({ imperial: false }).addTo(map);
    map.createPane("names").style.pointerEvents = "none";
    map.getPane("names").style.zIndex = 450;
    if (tiles) L.tileLayer(tiles, { attribution, maxZoom: 18, className: "tiles" }).addTo(map);
  }

  /** Called on every rerun that changes something: `shown` says what, in a few hundred bytes. */
  state.show = async (shown) => {
    state.wanted = shown;
    await state.ready;
    if (state.pointsName !== shown.points) {
      state.pointsName = shown.points;
      state.marks.forEach((mark) => mark.remove());
      state.marks.clear();
      state.loading = json(shown.points).catch((error) => { state.pointsName = null; throw error; });
    }
    state.points = await state.loading;
    if (state.wanted !== shown) return; // a newer wish came in between
    const isSame = state.shown && state.shown.mask === shown.mask && state.shown.points === shown.points;
    state.shown = shown;
    if (!isSame) state.index(shown.mask);
    draw();
  };

  state.restyle = () => state.layers.municipalities?.setStyle(municipalityStyle);

  /* light or dark: Streamlit tells its components which theme it draws */
  function dress() {
    const style = document.documentElement.style;
    for (const [key, value] of Object.entries(state.look)) style.setProperty(`--${key}`, value);
    document.documentElement.dataset.theme = state.look === LOOK.dark ? "dark" : "light";
    if (state.layers.provinces) state.layers.provinces.setStyle(provinceStyle);
    state.restyle();
    state.onLook?.();
  }
  window.addEventListener("message", (event) => {
    const data = event.data || {};
    if (data.type === "streamlit:render" && data.theme) {
      const look = data.theme.base === "dark" ? LOOK.dark : LOOK.light;
      if (look !== state.look) { state.look = look; if (state.map) dress(); }
    }
    if (event.origin !== window.location.origin || !data.opvoedkaart) return;
    if ("show" in data.opvoedkaart && state.ready) state.show(data.opvoedkaart.show);
    if ("glance" in data.opvoedkaart) {
      for (const mark of state.marks.values()) mark.getElement()?.classList.toggle("glance", mark.row === data.opvoedkaart.glance);
    }
  });
})();
