/* The map inside the frame: boundaries and services are fetched once; every rerun only says what to show.
 * Text from the directory is only ever set as text, never as HTML. */
"use strict";
(() => {
  const STATIC = "../../app/static/";
  const DETAIL_ZOOM = 10; // from here on municipalities carry their name
  const NAMES_MAX = 60; // names on screen at once
  const EVERYTHING = [[50.69, 2.54], [51.51, 5.92]]; // Flanders and Brussels
  const CLUSTER = { radius: 60, extent: 256, maxZoom: 18, minPoints: 2 }; // pixels: no two marks under one finger
  const APART = 46; // pixels between the middle of a provincial centre's mark and any other
  const PLACES = [[0, 24], [0, -26], [64, 0], [-64, 0], [64, 40], [-64, 40], [64, -40], [-64, -40], [0, 70], [0, -70]]; // around the name
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

  /* ---- the quiet ground: municipalities, provinces, names -------------------------------------------------- */
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

  function addGround(municipalities, provinces) {
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
    if (!near) drawCentres();
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

  /* Provincial centres have no door: a small mark beside the name of the province they serve, not a pin. It gives way
   * to every other mark, and is left out where there is no room (the list has it). */
  function drawCentres() {
    if (!state.shown) return;
    const { map, points } = state;
    const isShown = bitsOf(state.shown.mask);
    const taken = [...state.marks.values()].map((mark) => map.latLngToContainerPoint(mark.getLatLng()));
    for (const f of state.features.provinces) {
      const row = points.centres[f.properties.nis];
      if (row === undefined || !isShown(row)) continue;
      const middle = map.latLngToContainerPoint([f.properties.label[1], f.properties.label[0]]);
      const free = PLACES.map((step) => middle.add(step)).find((at) => taken.every((other) => other.distanceTo(at) >= APART));
      if (!free) continue;
      taken.push(free);
      const name = short(points.name[row]);
      const icon = L.icon({ iconUrl: STATIC + "icons/provincial_centre.svg", iconSize: [24, 24], className: "centre" });
      const mark = L.marker(map.containerPointToLatLng(free), { icon, alt: name, title: name, autoPanOnFocus: false });
      showWhenFocused(mark, name);
      mark.on("click", () => tell({ service: row }));
      state.labels.addLayer(mark);
    }
  }

  /* ---- services: clusters where they overlap, a symbol per type otherwise ----------------------------------- */
  function bitsOf(mask) {
    const raw = atob(mask);
    return (row) => (raw.charCodeAt(row >> 3) >> (row & 7)) & 1;
  }

  function index(mask) {
    const { points } = state;
    const isShown = bitsOf(mask);
    const features = [];
    for (let i = 0; i < points.lon.length; i++) {
      if (isShown(points.service[i])) features.push({ type: "Feature", geometry: { type: "Point", coordinates: [points.lon[i], points.lat[i]] }, properties: { i } });
    }
    state.visible = features.length;
    state.indexed += 1;
    state.clusters = new Supercluster(CLUSTER).load(features);
  }

  /* The keyboard brings a mark into view; a finger or mouse that presses one must not make the map slip away. */
  function showWhenFocused(mark, label) {
    mark.on("add", () => {
      const element = mark.getElement();
      element.setAttribute("aria-label", label);
      element.addEventListener("focus", () => {
        if (element.matches(":focus-visible")) state.map.panInside(mark.getLatLng(), { padding: [48, 48] });
      });
    });
  }

  function symbol(i) {
    const { points } = state;
    const row = points.service[i];
    const type = points.types[points.type[i]];
    const approximate = points.approximate[i];
    const chosen = state.shown.selected === row;
    const icon = L.icon({
      iconUrl: `${STATIC}icons/${type}.svg`,
      iconSize: chosen ? [38, 38] : [28, 28],
      className: `service${approximate ? " approximate" : ""}${chosen ? " chosen" : ""}`,
    });
    const name = short(points.name[row]);
    const label = fill(approximate ? state.words.approximate_mark : state.words.mark, { name, type: state.words.types[type] });
    const mark = L.marker([points.lat[i], points.lon[i]], { icon, alt: label, title: name, riseOnHover: true, autoPanOnFocus: false, zIndexOffset: chosen ? 1000 : 0 });
    showWhenFocused(mark, label);
    mark.on("click keypress", (event) => {
      if (event.type === "click" || event.originalEvent.key === "Enter") tell({ service: row });
    });
    mark.on("mouseover", () => tell({ glance: row }));
    mark.on("mouseout", () => tell({ glance: null }));
    mark.row = row;
    return mark;
  }

  function bubble(feature) {
    const [lon, lat] = feature.geometry.coordinates;
    const count = feature.properties.point_count;
    const size = count < 10 ? 34 : count < 100 ? 42 : 50;
    const icon = L.divIcon({ className: "cluster", html: node("span", "", String(feature.properties.point_count_abbreviated)), iconSize: [size, size] });
    const label = fill(state.words.cluster, { count });
    const mark = L.marker([lat, lon], { icon, title: label, autoPanOnFocus: false });
    showWhenFocused(mark, label);
    mark.on("click keypress", (event) => {
      if (event.type === "click" || event.originalEvent.key === "Enter") openCluster(feature.properties.cluster_id, [lat, lon]);
    });
    return mark;
  }

  /* A cluster opens by zooming; one that shares a single spot lists its services. */
  function openCluster(id, where) {
    const zoom = state.clusters.getClusterExpansionZoom(id);
    if (zoom <= CLUSTER.maxZoom) {
      state.map.flyTo(where, zoom, { animate: !matchMedia("(prefers-reduced-motion: reduce)").matches });
      return;
    }
    const list = node("ul", "stack");
    for (const leaf of state.clusters.getLeaves(id, 50)) {
      const row = state.points.service[leaf.properties.i];
      const button = node("button", "", short(state.points.name[row]));
      button.type = "button";
      const image = node("img");
      image.src = `${STATIC}icons/${state.points.types[state.points.type[leaf.properties.i]]}.svg`;
      image.alt = "";
      button.prepend(image);
      button.addEventListener("click", () => tell({ service: row }));
      const item = node("li");
      item.append(button);
      list.append(item);
    }
    L.popup({ maxWidth: 280, autoPanPadding: [12, 12] }).setLatLng(where).setContent(list).openOn(state.map);
  }

  /* Marks that stay are kept as they are, so that a click or the focus on one survives a move of the map. */
  function drawServices() {
    if (!state.clusters || !state.shown) return;
    const { map, points } = state;
    const chosen = state.shown.selected;
    const b = map.getBounds().pad(0.15);
    const found = state.clusters.getClusters([b.getWest(), b.getSouth(), b.getEast(), b.getNorth()], Math.round(map.getZoom()));
    const wanted = new Map();
    const single = (i) => wanted.set(`${i}${points.service[i] === chosen ? "!" : ""}`, () => symbol(i));
    for (const f of found) {
      if (f.properties.cluster) wanted.set(`${f.geometry.coordinates}*${f.properties.cluster_id}@${state.indexed}`, () => bubble(f));
      else single(f.properties.i);
    }
    if (chosen !== null) points.service.forEach((row, i) => { if (row === chosen) single(i); });
    for (const [key, mark] of state.marks) {
      if (!wanted.has(key)) { mark.remove(); state.marks.delete(key); }
    }
    for (const [key, make] of wanted) {
      if (!state.marks.has(key)) state.marks.set(key, make().addTo(map));
    }
    state.drawn += 1;
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
    const ground = JSON.stringify([shown.nis, shown.areas]);
    if (features && state.ground !== ground) {
      state.ground = ground;
      state.layers.municipalities.setStyle(municipalityStyle);
      state.layers.municipalities.eachLayer((layer) => { if (layer.feature.properties.nis === shown.nis) layer.bringToFront(); });
    }
    moveTo(shown.view);
    drawPlace();
    drawServices();
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
    for (const touch of ["pointerdown", "wheel", "keydown"]) container.addEventListener(touch, hold, { capture: true, passive: true });
    dress();
    new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(container);
    map.on("moveend", () => { drawServices(); drawNames(); });
    state.ready = json(file).then((constant) => {
      furnish(constant);
      Promise.all([json(constant.municipalities), json(constant.provinces)]).then((shapes) => {
        addGround(...shapes);
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
    if (!isSame) index(shown.mask);
    draw();
  };

  /* what another script in this frame may build on, such as the coverage map (choropleth.js) */
  state.tools = { json, nameOf, EVERYTHING };
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
