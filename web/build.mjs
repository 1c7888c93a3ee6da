// Makes src/detente/data/web anew: the charts, htmx as it is published, and the outlines of the world's countries.
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";
import { geoNaturalEarth1, geoPath } from "d3-geo";
import { feature, mesh } from "topojson-client";

const into = new URL("../src/detente/data/web/", import.meta.url).pathname;
const banner = "/*! Apache ECharts 6.1.0 (Apache-2.0), with zrender (BSD-3-Clause) and tslib (0BSD), a part of it; see licences.txt */";
await build({
  entryPoints: ["charts.mjs"], outfile: `${into}echarts.min.js`, bundle: true, minify: true, format: "iife", globalName: "echarts",
  legalComments: "none", banner: { js: banner }, define: { "process.env.NODE_ENV": '"production"' },
});
copyFileSync("node_modules/htmx.org/dist/htmx.min.js", `${into}htmx.min.js`);

// The same scale and middle as publish/maps.py, which projects what is drawn over the outlines.
const world = JSON.parse(readFileSync("node_modules/world-atlas/countries-110m.json", "utf8"));
const path = geoPath(geoNaturalEarth1().scale(175).translate([480, 250])).digits(1);
const d = {
  sea: path({ type: "Sphere" }),
  land: path(feature(world, world.objects.land ?? world.objects.countries)),
  borders: path(mesh(world, world.objects.countries, (a, b) => a !== b)),
};
const drawn = Object.entries(d).map(([id, line]) => `<path id="${id}" d="${line}"/>`).join("\n");
const frame = 'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 500"';
writeFileSync(`${into}world.svg`, `<svg ${frame}>\n${drawn}\n</svg>\n`);
