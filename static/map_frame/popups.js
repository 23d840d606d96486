/* What answers to a finger or a key on the map: marks of services, clusters that open or list what they hold, and marks
 * that the keyboard brings into view. Loaded right behind base.js, as one file with it. */
"use strict";
(() => {
  const state = window.opvoedkaart;
  const { STATIC, tell, fill, short, node, bitsOf } = state.tools;
  const CLUSTER = { radius: 60, extent: 256, maxZoom: 18, minPoints: 2 }; // pixels: no two marks under one finger
  const APART = 46; // pixels between the middle of a provincial centre's mark and any other
  const PLACES = [[0, 24], [0, -26], [64, 0], [-64, 0], [64, 40], [-64, 40], [64, -40], [-64, -40], [0, 70], [0, -70]]; // around the name

  /* ---- services: clusters where they overlap, a symbol per type otherwise ----------------------------------- */
  state.index = (mask) => {
    const { points } = state;
    const isShown = bitsOf(mask);
    const features = [];
    for (let i = 0; i < points.lon.length; i++) {
      if (isShown(points.service[i])) features.push({ type: "Feature", geometry: { type: "Point", coordinates: [points.lon[i], points.lat[i]] }, properties: { i } });
    }
    state.visible = features.length;
    state.indexed += 1;
    state.clusters = new Supercluster(CLUSTER).load(features);
  };

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
  state.drawServices = () => {
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
  };

  /* Provincial centres have no door: a small mark beside the name of the province they serve, not a pin. It gives way
   * to every other mark, and is left out where there is no room (the list has it). */
  state.drawCentres = () => {
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
  };
})();
