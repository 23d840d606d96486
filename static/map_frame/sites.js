/* Proposed places on the coverage map: numbered, and to be dragged elsewhere to see what that would change. */
"use strict";
(() => {
  const state = window.opvoedkaart;
  const show = state.show;
  const { tell, fill } = state.tools;
  let layer = null;

  function mark(site, drag) {
    const number = document.createElement("span");
    number.textContent = String(site.n);
    const icon = L.divIcon({ className: site.kept ? "proposal kept" : "proposal", html: number, iconSize: [34, 34], iconAnchor: [17, 17] });
    const title = fill(drag, { number: site.n, name: site.name });
    const made = L.marker([site.lat, site.lon], { icon, title, alt: title, draggable: true, autoPan: true, zIndexOffset: 900 });
    made.on("dragend", () => {
      const { lat, lng } = made.getLatLng();
      tell({ moved: { at: site.n - 1, lat, lon: lng } });
    });
    return made;
  }

  state.show = async (shown) => {
    await show(shown);
    if (layer) layer.remove();
    const round = shown.tour.length > 1 ? [L.polyline([...shown.tour, shown.tour[0]], { color: state.look.ink, weight: 2, dashArray: "6 6", interactive: false })] : [];
    layer = L.layerGroup([...round, ...shown.sites.map((site) => mark(site, shown.drag))]).addTo(state.map);
    state.proposals = shown.sites.length;
  };
})();
