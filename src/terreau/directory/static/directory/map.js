// The detailed map of the list: asked for by a button, drawn by MapLibre, with marks that are buttons of the page.
const live = document.getElementById("carte-vive");
const said = document.getElementById("carte-dit");
const words = (name, count = 0) => live.dataset[`words${name}`].replace("{n}", count.toLocaleString(document.documentElement.lang));
const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const element = (tag, className = "", text = "") => Object.assign(document.createElement(tag), { className, textContent: text });
const AROUND = { top: 48, bottom: 56, left: 48, right: 72 };
const GENTLE = matchMedia("(prefers-reduced-motion: reduce)");

let library, map, popup;
let marks = [];
let turn = 0;

const addressOf = (more = {}) => {
  const query = new URLSearchParams(live.dataset.query);
  for (const [name, value] of Object.entries(more)) query.set(name, value);
  return `${live.dataset.points}?${query}`;
};
const read = async (address) => {
  const response = await fetch(address, { headers: { Accept: "application/geo+json" } });
  if (!response.ok) throw new Error(response.status);
  return response.json();
};

const styleOf = (communes) => {
  const { tiles, attribution } = live.dataset;
  const outlines = { type: "FeatureCollection", features: communes.features.filter((one) => one.properties.kind === "outline") };
  const towns = { type: "FeatureCollection", features: communes.features.filter((one) => one.properties.kind === "town") };
  const credit = [communes.source].filter(Boolean).join(", ");
  return {
    version: 8,
    sources: {
      communes: { type: "geojson", data: outlines, attribution: credit },
      towns: { type: "geojson", data: towns },
      ...(tiles ? { base: { type: "raster", tiles: [tiles], tileSize: 256, maxzoom: 19, attribution } } : {}),
    },
    layers: [
      { id: "paper", type: "background", paint: { "background-color": token("sunk") } },
      ...(tiles ? [{ id: "base", type: "raster", source: "base", paint: { "raster-saturation": -0.6, "raster-opacity": 0.75 } }] : []),
      { id: "communes", type: "fill", source: "communes", paint: { "fill-color": token("surface"), "fill-opacity": tiles ? 0.15 : 1 } },
      { id: "borders", type: "line", source: "communes", paint: { "line-color": token("line"), "line-width": 1 } },
      ...(tiles ? [] : [{ id: "towns", type: "circle", source: "towns", paint: { "circle-radius": 3, "circle-color": token("sunk"), "circle-stroke-color": token("line"), "circle-stroke-width": 1.2 } }]),
    ],
  };
};

const lineOf = (one) => {
  const item = element("li");
  const link = Object.assign(element("a", "", one.name), { href: one.url });
  item.append(link, element("br"), element("span", "meta", one.nature));
  return item;
};

const tell = (feature) => {
  const { kind, names = [], commune, more } = feature.properties;
  const box = element("div");
  if (kind === "place") box.append(element("p", "", [words("Many", feature.properties.count), commune].filter(Boolean).join(", ")));
  const list = element("ul");
  list.append(...(kind === "one" ? [feature.properties] : names).map(lineOf));
  box.append(list);
  if (feature.properties.is_town) box.append(element("p", "meta", words("Town")));
  if (more) { const line = element("p"); line.append(Object.assign(element("a", "", words("More")), { href: more })); box.append(line); }
  return box;
};

const act = (feature, button) => {
  const centre = feature.geometry.coordinates;
  if (feature.properties.kind === "group") {
    map.easeTo({ center: centre, zoom: Math.min(map.getZoom() + 2, 18), animate: !GENTLE.matches });
    map.once("moveend", () => map.getCanvas().focus({ preventScroll: true }));
    return;
  }
  popup?.remove();
  popup = new library.Popup({ offset: 14, maxWidth: "17rem", focusAfterOpen: true }).setLngLat(centre).setDOMContent(tell(feature));
  popup.on("close", () => { if (document.contains(button)) button.focus({ preventScroll: true }); });
  popup.addTo(map);
};

const markOf = (feature) => {
  const { kind, count, name, nature, family, is_town: isTown } = feature.properties;
  const button = Object.assign(element("button", "marker"), { type: "button" });
  const inside = kind === "one"
    ? element("span", `mark mark-${family}`)
    : element("span", `mark mark-group${count > 99 ? " is-large" : ""}${kind === "place" && isTown ? " is-town" : ""}`, count.toLocaleString(document.documentElement.lang));
  inside.setAttribute("aria-hidden", "true");
  button.append(inside);
  const label = { one: `${name}, ${nature}`, place: words(count === 1 ? "One" : "Many", count), group: words("Nearer", count) }[kind];
  button.setAttribute("aria-label", feature.properties.commune && kind === "place" ? `${label}, ${feature.properties.commune}` : label);
  button.title = button.getAttribute("aria-label");
  button.addEventListener("click", (event) => { event.stopPropagation(); act(feature, button); });
  return new library.Marker({ element: button }).setLngLat(feature.geometry.coordinates);
};

const draw = (found) => {
  for (const mark of marks) mark.remove();
  marks = found.features.map((feature) => markOf(feature).addTo(map));
  said.textContent = words(found.total === 1 ? "One" : "Many", found.total);
  live.dataset.drawn = String(Number(live.dataset.drawn ?? 0) + 1);
};

const refresh = async ({ fit = false } = {}) => {
  const mine = ++turn;
  const { _sw: low, _ne: high } = map.getBounds();
  const window = { bbox: [low.lng, low.lat, high.lng, high.lat].map((side) => side.toFixed(4)).join(","), zoom: Math.max(0, Math.floor(map.getZoom())) };
  const found = await read(addressOf(fit ? {} : window));
  if (mine !== turn) return;
  if (fit && found.bbox) {
    // What moves the map asks again for what it then shows.
    map.fitBounds(found.bbox, { padding: AROUND, maxZoom: 15, animate: false });
    return refresh();
  }
  draw(found);
};

export const open = async () => {
  said.hidden = false;
  try {
    if (!document.querySelector(`link[href="${live.dataset.style}"]`)) {
      const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: live.dataset.style });
      const loaded = new Promise((done) => { sheet.onload = sheet.onerror = done; });
      document.head.prepend(sheet);
      await loaded;
    }
    library = await import(live.dataset.module);
    library.setWorkerUrl(new URL(live.dataset.worker, location.href).href);
    const [communes, first] = await Promise.all([read(live.dataset.communes), read(addressOf())]);
    live.hidden = false;
    map = new library.Map({
      container: live,
      style: styleOf(communes),
      ...(first.bbox ? { bounds: first.bbox, fitBoundsOptions: { padding: AROUND, maxZoom: 15 } } : { center: [2.5, 46.6], zoom: 4 }),
      attributionControl: { compact: false },
      dragRotate: false, pitchWithRotate: false, maxPitch: 0, cooperativeGestures: false,
      locale: {
        "NavigationControl.ZoomIn": words("In"), "NavigationControl.ZoomOut": words("Out"), "Map.Title": words("Map"),
        "Popup.Close": words("Close"), "AttributionControl.ToggleAttribution": words("Sources"), "Marker.Title": words("Map"),
      },
    });
    map.touchZoomRotate.disableRotation();
    map.addControl(new library.NavigationControl({ showCompass: false }), "top-right");
    for (const town of communes.features.filter((one) => one.properties.kind === "town").slice(0, live.dataset.tiles ? 0 : 12)) {
      const name = element("span", "town-name", town.properties.name);
      name.setAttribute("aria-hidden", "true");
      new library.Marker({ element: name, anchor: "top", offset: [0, 16] }).setLngLat(town.geometry.coordinates).addTo(map);
    }
    // A picture under the map that does not come is no trouble: the rest is ours.
    map.on("error", () => { live.dataset.trouble = "yes"; });
    map.on("moveend", () => refresh().catch(() => { said.textContent = words("Failed"); }));
    live.addEventListener("asked", () => refresh({ fit: true }).catch(() => { said.textContent = words("Failed"); }));
    new MutationObserver(() => map.setStyle(styleOf(communes))).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    await refresh();
    document.getElementById("carte-dessin").hidden = true;
    document.getElementById("carte-legende").hidden = false;
  } catch {
    live.hidden = true;
    said.textContent = words("Failed");
  }
};
