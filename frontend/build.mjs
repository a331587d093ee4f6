// Builds styles, fonts and scripts into samenwijk/ui/static/ui. The same input gives the same bytes, so that a
// check can compare the result with what is committed.
import { build } from "esbuild";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2] ?? join(here, "../samenwijk/ui/static/ui");
const banner = "/*! Samenwijk, EUPL-1.2; built from frontend/, do not edit here */";

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const shared = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  legalComments: "none",
  logLevel: "warning",
  outdir: out,
};

await build({
  ...shared,
  entryPoints: ["css/app.css", "css/screen.css", "css/print.css"],
  loader: { ".woff2": "file" },
  assetNames: "fonts/[name]-[hash]",
  banner: { css: banner },
  target: ["chrome100", "firefox100", "safari15.4"],
});

const scripts = ["js/app.js", "js/live.js", "js/screen.js", "js/console.js", "js/offline.js", "js/roomtest.js"].filter((path) => existsSync(join(here, path)));
await build({
  ...shared,
  entryPoints: scripts,
  format: "iife",
  banner: { js: banner },
  target: ["es2020"],
});

for (const name of readdirSync(join(here, "static"))) copyFileSync(join(here, "static", name), join(out, name));
const htmx = readFileSync(join(here, "node_modules/htmx.org/dist/htmx.min.js"), "utf8");
writeFileSync(join(out, "htmx.js"), `/*! htmx.org, 0BSD */\n${htmx.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, "")}\n`);
