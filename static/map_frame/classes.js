/* The coverage map, on the map of base.js: a class per municipality, and the doors of services as small marks.
 * Every change sends only classes; shapes and places of services are fetched once. */
"use strict";
(() => {
  const state = window.opvoedkaart;
  const { EVERYTHING, json, tell, bitsOf, onHold, nameOf } = state.tools;
  const HATCH = 8; // pixels between two lines of the pattern for what is not known

  let cover = null; // what is shown: see ui/coverage/view.py
  let classOf = new Map();
  let doors = null;
  let pattern = null;
  let fitted = null; // what the map was fitted to, until the reader moves it
  let isHeld = false; // by the reader, since then
  let isFollowing = false; // the map beside it, just now

  /* grey lines on paper: not a colour among the classes, and seen without colour too */
  function hatch() {
    const tile = document.createElement("canvas");
    tile.width = tile.height = HATCH;
    const pen = tile.getContext("2d");
    pen.fillStyle = state.look.land;
    pen.fillRect(0, 0, HATCH, HATCH);
    pen.strokeStyle = state.look.ink;
    pen.globalAlpha = 0.55;
    for (const shift of [-HATCH, 0, HATCH]) { pen.moveTo(shift, HATCH); pen.lineTo(shift + HATCH, 0); }
    pen.stroke();
    return pen.createPattern(tile, "repeat");
  }

  state.styleOf = ({ properties: { nis } }) => {
    const at = classOf.get(nis);
    const chosen = cover?.selected === nis;
    const style = { color: chosen ? "#ffb000" : state.look.line, weight: chosen ? 4 : 0.8, fillColor: state.look.land, fillOpacity: state.tiles ? 0.05 : 1 };
    if (at === undefined) return style;
    pattern ??= hatch();
    return { ...style, fillColor: at < 0 ? pattern : cover.colours[at], fillOpacity: at < 0 ? 1 : 0.88 };
  };
  state.tipOf = (properties) => {
    const said = cover?.tips[cover.codes.indexOf(properties.nis)];
    return said ? `${nameOf(properties)}: ${said}` : nameOf(properties);
  };

  function colour() {
    classOf = new Map(cover.codes.map((code, i) => [code, cover.classes[i]]));
    state.restyle();
    state.layers.municipalities?.eachLayer((layer) => { if (layer.feature.properties.nis === cover.selected) layer.bringToFront(); });
    state.layers.provinces?.bringToFront();
  }

  /* A ring where only the village is known, a dot where the door is. They answer to nothing: the table has the names. */
  async function drawDoors() {
    const wanted = cover;
    const points = await json(wanted.points);
    if (wanted !== cover) return;
    if (doors) doors.remove();
    const isShown = bitsOf(wanted.mask);
    const marks = [];
    points.service.forEach((row, i) => {
      if (!isShown(row)) return;
      const hollow = points.approximate[i];
      marks.push(L.circleMarker([points.lat[i], points.lon[i]], { radius: 4.5, weight: 2, color: state.look.ink, fillColor: hollow ? state.look.land : state.look.ink, fillOpacity: 1, interactive: false, pane: "doors" }));
    });
    doors = L.layerGroup(marks).addTo(state.map);
    state.doors = marks.length;
  }

  /* The map goes to the area when another one is asked for, and to what is chosen in the table; otherwise it stays. */
  function look() {
    const [area, to] = [cover.codes.join(), cover.goto.join()];
    const isNew = to ? to !== state.gone : area !== state.area;
    if (to || !cover.selected) state.gone = to;
    state.area = area;
    if (!isNew) return;
    const inside = new Set(to ? cover.goto : cover.codes);
    const wanted = state.features.municipalities.filter((f) => inside.has(f.properties.nis));
    fitted = wanted.length ? L.geoJSON(wanted).getBounds() : L.latLngBounds(EVERYTHING);
    isHeld = false;
    fit();
  }

  function fit() {
    if (fitted) state.map.fitBounds(fitted, { maxZoom: 11.5, animate: false, padding: [12, 12] });
  }

  /* the frame gets its height when the style sheet comes, which may be later; whoever has moved the map is left alone */
  function followTheFrame() {
    onHold(() => { fitted = null; isHeld = true; });
    state.map.on("resize", fit);
    state.map.on("moveend", () => { // who has taken hold of this map may want the one beside it to go along
      const { lat, lng } = state.map.getCenter();
      if (isHeld && !isFollowing) tell({ view: { lat, lon: lng, zoom: state.map.getZoom() } });
    });
    window.addEventListener("message", (event) => {
      const look = event.origin === window.location.origin && event.data?.opvoedkaart?.look;
      if (!look) return;
      fitted = null;
      isFollowing = true;
      state.map.setView([look.lat, look.lon], look.zoom, { reset: true }); // a step of whole pixels would not be the same land
      isFollowing = false;
    });
  }

  function draw() {
    if (!cover || !state.features) return;
    colour();
    look();
    state.drawn += 1;
  }

  state.show = async (shown) => {
    cover = shown;
    state.cover = shown;
    await state.ready;
    state.map.options.zoomSnap = 0.25; // so that an area fills its frame
    if (!state.map.getPane("doors")) {
      state.map.createPane("doors").style.zIndex = 440;
      followTheFrame();
    }
    if (cover !== shown) return;
    if (shown.title) state.map.getContainer().setAttribute("aria-label", shown.title);
    draw();
    await drawDoors();
  };
  state.onShapes = draw;
  state.onLook = () => {
    pattern = null;
    if (!cover) return;
    draw();
    drawDoors();
  };
})();
