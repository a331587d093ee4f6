// The service worker: keeps the last page of an evening, of a phone and of the projector, so that it opens without a
// connection. Browsers run it on https and on this machine only. Nothing else of the product is kept.
const STORE = "samenwijk";
const KEPT = 24 * 3600 * 1000;
const PATIENCE = 6000; // a page that takes longer is shown as it was
const SHELL = 8000; // of the projector, which mostly asks for a piece, the whole page is fetched at most this often
const MANY = 80;
const PAGES = /^\/(bijeenkomst\/[0-9a-f-]{36}|scherm\/[\w-]+)\/$/;
const HEADERS = ["content-type", "content-security-policy", "permissions-policy", "referrer-policy", "x-frame-options"];
const AT = "x-kept-at";

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/static/")) event.respondWith(part(request));
  else if (PAGES.test(url.pathname)) event.respondWith(page(event, url));
});

const store = () => caches.open(STORE);

// Addresses of styles, scripts and letters change with their content, so what is kept is right.
async function part(request) {
  const box = await store();
  const kept = await box.match(request);
  if (kept) return kept;
  try {
    const answer = await fetch(request);
    if (answer.ok && answer.status === 200 && /immutable/.test(answer.headers.get("cache-control"))) await box.put(request, answer.clone());
    return answer;
  } catch (error) {
    const older = await box.match(request, { ignoreSearch: true });
    if (older) return older;
    throw error;
  }
}

async function page(event, { pathname }) {
  const kept = event.request.mode === "navigate" ? await find(pathname) : null;
  let answer;
  try {
    answer = await soon(fetch(event.request), kept);
  } catch (error) {
    if (kept) return asItWas(kept);
    throw error;
  }
  if (answer.status >= 500 && kept) return asItWas(kept);
  event.waitUntil(remember(pathname, answer.clone()));
  return answer;
}

function soon(answer, kept) {
  if (!kept) return answer;
  const late = new Promise((_, refuse) => setTimeout(() => refuse(new Error("late")), PATIENCE));
  return Promise.race([answer, late]);
}

async function find(pathname) {
  const kept = await (await store()).match(pathname);
  return kept && Date.now() - Number(kept.headers.get(AT)) < KEPT ? kept : null;
}

async function remember(pathname, answer) {
  const box = await store();
  if (answer.status === 404 || answer.status === 410) return box.delete(pathname);
  if (!answer.ok || answer.redirected) return;
  const text = await answer.text();
  if (!/^\s*<!doctype/i.test(text)) return shell(box, pathname);
  const headers = new Headers([[AT, Date.now()]]);
  for (const name of HEADERS) if (answer.headers.has(name)) headers.set(name, answer.headers.get(name));
  await box.put(pathname, new Response(text, { headers }));
  const all = await box.keys();
  if (all.length > MANY) await Promise.all(all.slice(0, MANY / 2).map((one) => box.delete(one)));
}

// Changes that follow each other quickly are waited out, so that the last of them is what is kept.
const waiting = new Set();
async function shell(box, pathname) {
  if (waiting.has(pathname)) return;
  waiting.add(pathname);
  try {
    const kept = await box.match(pathname);
    const age = kept ? Date.now() - Number(kept.headers.get(AT)) : SHELL;
    if (age < SHELL) await new Promise((go) => setTimeout(go, SHELL - age));
  } finally {
    waiting.delete(pathname);
  }
  await remember(pathname, await fetch(pathname, { credentials: "same-origin" }));
}

// The page says itself that it is an old one: scripts then make new keys and bring it up to date when they can.
async function asItWas(kept) {
  const text = await kept.text();
  return new Response(text.replace(/<html/i, `<html data-kept="${kept.headers.get(AT)}"`), { headers: kept.headers });
}
