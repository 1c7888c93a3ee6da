"use strict";
// A figure that names its drawing as data is drawn anew, so that its parts can be pointed at, clicked and zoomed. Where that fails the picture stays.
const NARROWEST = 620;
const bright = { "#1b7837": "#6fc57d", "#b2182b": "#ff8f87", "#8c8c8c": "#b9b9b9", "#7fbf7b": "#3f7f4a", "#333333": "#e8e6e1", "#6a3d9a": "#c3a3e8", "#b35806": "#f5a55a", "#2d6db5": "#8fc1f2", "#777777": "#b9b9b9" };

function ink(name) { return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim(); }

function theme() {
  const [text, soft, line] = ["ink", "soft", "line"].map(ink);
  const axis = { axisLine: { lineStyle: { color: soft } }, axisTick: { lineStyle: { color: soft } }, axisLabel: { color: soft }, nameTextStyle: { color: soft }, splitLine: { lineStyle: { color: line } } };
  return { backgroundColor: "transparent", textStyle: { color: text, fontFamily: getComputedStyle(document.body).fontFamily }, legend: { textStyle: { color: text } }, timeAxis: axis, valueAxis: axis, categoryAxis: axis };
}

function escaped(text) { const node = document.createElement("i"); node.textContent = text ?? ""; return node.innerHTML; }

async function outlines(address) {
  const text = await (await fetch(address)).text();
  return text.replace('id="sea"', `id="sea" fill="${ink("sea")}"`).replace('id="land"', `id="land" fill="${ink("land")}"`)
    .replace('id="borders"', `id="borders" fill="none" stroke="${ink("paper")}" stroke-width="0.6"`);
}

async function draw(figure) {
  const answer = await fetch(figure.dataset.chart);
  if (!answer.ok) return;
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const text = JSON.stringify((await answer.json()).chart);
  const option = JSON.parse(dark ? text.replace(/#[0-9a-f]{6}/g, (colour) => bright[colour] ?? colour) : text);
  if (option.geo) echarts.registerMap(option.geo.map, { svg: await outlines(figure.dataset.map) });
  const still = figure.querySelector("img, svg.map");
  const place = document.createElement("div");
  const height = option.geo ? null : Math.max(...option.grid.map((grid) => grid.top + grid.height)) + 36;
  place.className = "live";
  place.setAttribute("aria-hidden", "true");
  const fit = () => { place.style.height = `${height ?? Math.round(place.clientWidth * 500 / 960)}px`; };
  if (option.geo) figure.prepend(place); else still.after(place);
  if (!option.geo) place.style.minWidth = `${NARROWEST}px`;
  fit();
  figure.classList.add("drawn");
  const chart = echarts.init(place, theme(), { renderer: "svg" });
  option.animation = false;
  option.tooltip = { className: "hint", confine: true, backgroundColor: ink("raised"), borderColor: ink("soft"), textStyle: { color: ink("ink"), fontSize: 14 }, formatter: (at) => escaped(at.data?.name ?? `${at.seriesName}: ${at.value[1]}`) };
  if (option.geo) {
    Object.assign(option.series[1].label, { color: ink("ink"), show: place.clientWidth >= NARROWEST });
    if (matchMedia("(pointer: coarse)").matches) option.geo.roam = false;
    place.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      chart.dispatchAction({ type: "geoRoam", componentType: "geo", zoom: event.deltaY < 0 ? 1.25 : 0.8, originX: event.offsetX, originY: event.offsetY });
    }, { passive: false });
  }
  chart.setOption(option);
  const day = new URLSearchParams(figure.dataset.chart.split("?")[1]).get("as_of");
  chart.on("click", (at) => { if (at.data?.link) location.assign(`${at.data.link}?as_of=${day}`); });
  new ResizeObserver(() => { if (place.clientWidth) { fit(); chart.resize(); } }).observe(place);
}

const begun = new WeakSet();

function all() {
  if (typeof echarts === "undefined") return;
  for (const figure of document.querySelectorAll("figure[data-chart]")) {
    if (begun.has(figure)) continue;
    begun.add(figure);
    draw(figure).catch((fault) => console.warn("the picture stays:", fault));
  }
}

all();
document.addEventListener("htmx:afterSwap", all);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => location.reload());
