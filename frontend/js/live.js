// The live line of a page: hears that something happened, and lets the page fetch it in the ordinary way.
// <div data-live data-ticket="…" data-seq="12"> anywhere in the page, or the same attributes on <body>.
import { startMoments } from "./moments.js";
import { retry, startOutbox } from "./outbox.js";
import { refresh } from "./swap.js";
import { count, say } from "./words.js";

const HELLO = 4000; // a stream that says nothing for so long is held back by something on the way
const SILENCE = 40000; // the server beats every 15 s
const HIDDEN = 10000; // a tab that nobody sees gives its line back: a browser has six for all tabs together
const place = document.querySelector("[data-live][data-ticket]");

let seq = Number(place?.dataset.seq || 0);
let source = null;
let polling = null;
let mute = 0;
let failures = 0;
let heard = 0;
let clock = 0;
let pending = 0;
let state = "connecting";
let sure = 0;
let renewed = 0;
let turn = 0;
let hurried = false;

function client() {
  try {
    if (!localStorage.samenwijkClient) localStorage.samenwijkClient = [...crypto.getRandomValues(new Uint32Array(3))].map((n) => n.toString(36)).join("");
    return localStorage.samenwijkClient;
  } catch {
    return "";
  }
}

const address = (action, more = "") => `/live/${place.dataset.ticket}/${action}?since=${seq}&client=${client()}&pending=${pending}${more}`;

async function open() {
  close();
  const mine = turn;
  const full = await crowded();
  if (mine !== turn) return;
  if (full || mute > 1) return void poll(full);
  heard = Date.now();
  const line = (source = new EventSource(address("stream")));
  const hear = (act) => (event) => line === source && (touched(), act(JSON.parse(event.data), event));
  clock = setTimeout(() => line === source && (mute++, lost()), HELLO);
  line.addEventListener("hello", hear(() => { clearTimeout(clock); mute = failures = 0; }));
  line.addEventListener("beat", hear((_, { lastEventId }) => (seq = Math.max(seq, Number(lastEventId)))));
  line.addEventListener("reset", hear(reset));
  line.onmessage = hear(frame);
  line.onerror = () => line === source && lost();
}

// A browser has six connections for all its tabs, without HTTP/2; an answer must always find one free. So the tabs
// ask each other who holds a line, and who comes too late looks every five seconds instead.
const tabs = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("samenwijk-live");
const me = Math.random();
let others = 0;

if (tabs && place) {
  tabs.onmessage = ({ data: [word, asker] }) => {
    if (word === "who" && (source || (polling && !hurried))) tabs.postMessage(["me", asker]);
    if (word === "me" && asker === me) others++;
  };
}

async function crowded() {
  if (!tabs) return false;
  others = 0;
  tabs.postMessage(["who", me]);
  await sleep(60);
  return others >= (channel() === "phone" ? 3 : 5);
}

const sleep = (time) => new Promise((go) => setTimeout(go, time));
const channel = () => place.dataset.ticket.split(".")[1];

function close() {
  turn++;
  clearTimeout(clock);
  source?.close();
  polling?.abort();
  source = polling = null;
}

// EventSource stays closed for good after one 503, so every new attempt is ours: soon, later, and never all together.
function lost() {
  close();
  failures++;
  show("lost");
  clock = setTimeout(failures > 2 ? ask : open, Math.min(8000, 500 * 2 ** failures) * (0.5 + Math.random()));
}

function touched() {
  heard = Date.now();
  show("live");
}

// A stream does not tell why it failed; a poll does.
async function ask() {
  const answer = await fetch(address("poll", "&wait=0"), { cache: "no-store" }).catch(() => null);
  if (answer?.ok) {
    if (failures > 4) mute = 2;
    await take(answer);
  }
  if (answer?.status === 404) return renew();
  open();
}

async function poll(brief) {
  const mine = (polling = new AbortController());
  hurried = brief;
  while (polling === mine) {
    try {
      const answer = await fetch(address("poll", brief ? "&wait=0" : ""), { cache: "no-store", signal: AbortSignal.any ? AbortSignal.any([mine.signal, AbortSignal.timeout(SILENCE)]) : mine.signal });
      if (answer.status === 404) return renew();
      if (!answer.ok) throw answer;
      await take(answer);
      failures = 0;
      if (brief) {
        await sleep(5000);
        if (polling === mine && !(await crowded())) return void open();
      }
    } catch {
      if (polling === mine) lost();
      return;
    }
  }
}

async function take(answer) {
  const told = await answer.json();
  touched();
  if (told.reset) reset(told);
  told.frames.forEach(frame);
  seq = Math.max(seq, told.seq);
}

// The ticket is past its time: the page itself has a new one.
async function renew() {
  close();
  show("lost");
  clock = setTimeout(renew, 30000);
  if (Date.now() - renewed < 20000) return;
  renewed = Date.now();
  const page = await fetch(location.href, { cache: "no-store" }).then((answer) => (answer.ok ? answer.text() : ""), () => "");
  const found = new DOMParser().parseFromString(page, "text/html").querySelector("[data-live][data-ticket]");
  if (!found) return;
  place.dataset.ticket = found.dataset.ticket;
  reset({ seq: Number(found.dataset.seq) });
  mute = failures = 0;
  open();
}

function frame(told) {
  if (told.seq <= seq) return;
  seq = told.seq;
  if (told.voters !== undefined) for (const spot of document.querySelectorAll("[data-voters]")) spot.textContent = told.voters;
  document.dispatchEvent(new CustomEvent("samenwijk:frame", { detail: told }));
  for (const region of document.querySelectorAll("[data-refresh]")) if (wants(region, told.kind)) stale(region);
}

function reset(told) {
  seq = told.seq;
  document.dispatchEvent(new CustomEvent("samenwijk:frame", { detail: { kind: "reset", seq } }));
  document.querySelectorAll("[data-refresh]").forEach(stale);
}

// "vote idea.t3": a word stands for itself and for everything that begins with it and a dot. With data-refresh-not a
// region hears everything but those words; what it names in data-refresh-on it hears all the same.
function wants(region, kind) {
  const among = (words) => words.some((word) => kind === word || kind.startsWith(`${word}.`));
  const words = (list) => (list || "").split(" ").filter(Boolean);
  const on = words(region.dataset.refreshOn);
  const not = words(region.dataset.refreshNot);
  return among(on) || (not.length ? !among(not) : !on.length);
}

const due = new Map();

function stale(region) {
  const url = region.dataset.refresh || location.href;
  const group = due.get(url) || { regions: new Set(), again: false, busy: false, timer: 0 };
  due.set(url, group);
  group.regions.add(region);
  group.again = true;
  if (!group.busy && !group.timer) group.timer = setTimeout(() => fetchGroup(url, group), Math.random() * 120);
}

async function fetchGroup(url, group) {
  group.timer = 0;
  group.busy = true;
  for (let wait = 1000; group.again; ) {
    group.again = false;
    const regions = [...group.regions].filter((region) => region.isConnected);
    if (regions.length && !(await refresh(url, regions))) {
      group.again = true;
      await sleep(wait * (0.5 + Math.random()));
      wait = Math.min(wait * 2, 10000);
    }
  }
  group.busy = false;
  group.regions.clear();
}

// What people read: only after three seconds without a line do we say so.
function show(now) {
  if (now !== "lost") {
    clearTimeout(sure);
    sure = 0;
  } else if (state === "live" && !sure) {
    sure = setTimeout(() => { sure = 0; state = "lost"; words(); }, 3000);
  }
  if (now === "lost" && (sure || state === "lost")) return;
  if (now !== state) {
    state = now;
    words();
  }
}

function words() {
  const kept = state === "lost" ? count(pending, "one", "many") : count(pending, "oneSending", "manySending");
  const text = pending ? `${say(state)}, ${kept}` : say(state);
  for (const spot of document.querySelectorAll("[data-live-state]")) {
    if (spot.textContent !== text) spot.textContent = text;
    spot.dataset.liveState = state;
  }
}

function outboxChanged({ detail }) {
  const before = pending;
  pending = detail;
  words();
  if (before !== pending && place && state === "live") {
    fetch(address("pending", `&n=${pending}`), { method: "POST", keepalive: true }).catch(() => {});
  }
}

function wake() {
  if (place && (!(source || polling) || Date.now() - heard > 20000 || source?.readyState === 2)) {
    failures = 0;
    open();
  }
}

let hiding = 0;
function visibility() {
  clearTimeout(hiding);
  if (document.visibilityState === "visible") return wake();
  // A projector or console may lie behind another window; only phones give their line back.
  if (place && channel() === "phone") hiding = setTimeout(close, HIDDEN);
}

document.addEventListener("samenwijk:outbox", outboxChanged);
document.addEventListener("samenwijk:swapped", words);
startOutbox();
startMoments();
retry();
if (place) {
  document.addEventListener("visibilitychange", visibility);
  for (const moment of ["online", "pageshow"]) addEventListener(moment, wake);
  addEventListener("pagehide", close);
  setInterval(() => source && Date.now() - heard > SILENCE && lost(), 5000);
  words();
  open();
}
