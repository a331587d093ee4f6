// The live line of a page: hears that something happened, and lets the page fetch it in the ordinary way.
// <div data-live data-ticket="…" data-seq="12"> anywhere in the page, or the same attributes on <body>.
import { startMoments } from "./moments.js";
import { startKeeping } from "./keeping.js";
import { retry, setClock, startOutbox } from "./outbox.js";
import { addressOf, refresh } from "./swap.js";
import { find, follow, follows, lead, leave, pass, startTabs } from "./tabs.js";
import { count, say } from "./words.js";

const HELLO = 4000; // a stream that says nothing for so long is held back by something on the way
const SILENCE = 40000; // the server beats every 15 s
const HIDDEN = 10000; // a tab that nobody sees gives its line back: a browser has six for all tabs together
const MUTED = 300000; // so long after a mute stream we do not try another one, on this page or the next
const SLOW = 1500; // fetching that takes longer is told
const place = document.querySelector("[data-live][data-ticket]");

let seq = Number(place?.dataset.seq || 0);
let source = null;
let polling = null;
let failures = 0;
let heard = 0;
let clock = 0;
let pending = 0;
let state = "connecting";
let sure = 0;
let renewed = 0;
let turn = 0;
let fetching = 0;
let behind = null;

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
  const found = await find(key(), channel() === "phone" ? 3 : 5);
  if (mine !== turn) return;
  heard = Date.now();
  if (found.role === "follow") return followOn(found);
  if (found.role === "wait") return void poll(true);
  lead(key());
  if (muted()) return void poll(false);
  const line = (source = new EventSource(address("stream")));
  const hearing = (name) => (event) => line === source && both({ name, told: JSON.parse(event.data), id: Number(event.lastEventId) });
  clock = setTimeout(() => line === source && (mute(), open()), HELLO);
  for (const name of ["hello", "beat", "reset", "message"]) line.addEventListener(name, hearing(name));
  line.onerror = () => line === source && lost();
}

// Another tab has the line; what it heard before we listened is asked for once.
function followOn({ from, seq: ahead }) {
  follow(from);
  if (ahead > seq || state !== "live") catchUp();
}

// What the other tab says meanwhile waits its turn: it would raise our number past what we still miss.
async function catchUp() {
  const later = (behind = []);
  const answer = await missed();
  const taken = answer?.ok && (await take(answer).then(() => true, () => false));
  if (behind !== later) return;
  if (answer?.status === 404) return renew();
  if (!taken) return lost();
  behind = null;
  later.forEach(hear);
}

function overheard(event) {
  behind ? behind.push(event) : hear(event);
}

function both(event) {
  pass(event);
  hear(event);
}

function hear({ name, told, id }) {
  if (name === "lost") return show("lost");
  heard = Date.now();
  show("live");
  if (name === "hello") arrived(told);
  else if (name === "beat") seq = Math.max(seq, id);
  else if (name === "reset") reset(told);
  else frame(told);
}

function arrived(told) {
  clearTimeout(clock);
  failures = 0;
  setClock(told.now);
  // A page that was opened without a connection shows an old picture.
  if (document.documentElement.dataset.kept) document.querySelectorAll("[data-refresh]").forEach(stale);
}

// Something on this network holds streams back: remembered, so that the next page asks in the other way at once.
let mutedUntil = 0;

function mute() {
  mutedUntil = Date.now() + MUTED;
  try {
    localStorage.samenwijkMuted = mutedUntil;
  } catch { /* this page remembers it */ }
}

function muted() {
  let until = mutedUntil;
  try {
    until = Math.max(until, Number(localStorage.samenwijkMuted || 0));
  } catch { /* nothing is kept for us */ }
  return Date.now() < until;
}

const sleep = (time) => new Promise((go) => setTimeout(go, time));
const channel = () => place.dataset.ticket.split(".")[1];

// Room, channel and person: tabs that share these hear the same.
function key() {
  const [room, name, , who] = place.dataset.ticket.split("~")[0].split(".");
  return `${room}.${name}.${who}`;
}

function close() {
  turn++;
  clearTimeout(clock);
  source?.close();
  polling?.abort();
  source = polling = behind = null;
  leave();
}

// EventSource stays closed for good after one 503, so every new attempt is ours: soon, later, and never all together.
function lost() {
  both({ name: "lost" });
  close();
  failures++;
  clock = setTimeout(failures > 2 ? ask : open, Math.min(6000, 500 * 2 ** failures) * (0.5 + Math.random()));
}

// A stream does not tell why it failed; a poll does.
async function ask() {
  const answer = await missed();
  if (answer?.ok) {
    if (failures > 4) mute();
    await take(answer);
  }
  if (answer?.status === 404) return renew();
  open();
}

const missed = () => fetch(address("poll", "&wait=0"), { cache: "no-store" }).catch(() => null);

// The first question is answered at once, so that people see that the line is there; the next ones wait for news.
async function poll(brief) {
  const mine = (polling = new AbortController());
  for (let first = true; polling === mine; first = false) {
    try {
      const answer = await fetch(address("poll", brief || first ? "&wait=0" : ""), { cache: "no-store", signal: AbortSignal.any ? AbortSignal.any([mine.signal, AbortSignal.timeout(SILENCE)]) : mine.signal });
      if (answer.status === 404) return renew();
      if (!answer.ok) throw answer;
      await take(answer);
      failures = 0;
      if (brief) {
        await sleep(5000);
        if (polling === mine) return void open();
      }
    } catch {
      if (polling === mine) lost();
      return;
    }
  }
}

async function take(answer) {
  const { seq: upto, now, reset: afresh, frames } = await answer.json();
  both({ name: "hello", told: { now } });
  if (afresh) both({ name: "reset", told: { seq: upto } });
  for (const told of frames) both({ name: "message", told });
  both({ name: "beat", id: upto });
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
  failures = 0;
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
  const url = addressOf(region);
  const group = due.get(url) || { regions: new Set(), again: false, busy: false, timer: 0 };
  due.set(url, group);
  group.regions.add(region);
  group.again = true;
  // Of forty phones each waits a moment, so that they do not ask all at once; there is one screen.
  const moment = channel() === "phone" ? Math.random() * 120 : 0;
  if (!group.busy && !group.timer) group.timer = setTimeout(() => fetchGroup(url, group), moment);
}

async function fetchGroup(url, group) {
  group.timer = 0;
  group.busy = true;
  const slow = setTimeout(() => (fetching++, words()), SLOW);
  for (let wait = 1000; group.again; ) {
    group.again = false;
    const regions = [...group.regions].filter((region) => region.isConnected);
    const looked = !regions.length || (await refresh(url, regions));
    for (const region of regions.filter((one) => addressOf(one) !== url)) {
      group.regions.delete(region);
      stale(region);
    }
    if (!looked) {
      group.again = true;
      await sleep(wait * (0.5 + Math.random()));
      wait = Math.min(wait * 2, 10000);
    }
  }
  group.busy = false;
  group.regions.clear();
  clearTimeout(slow);
  fetching = 0;
  words();
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
  const now = state === "live" && fetching ? "updating" : state;
  const old = Number(document.documentElement.dataset.kept);
  const kept = state === "lost" ? count(pending, "one", "many") : count(pending, "oneSending", "manySending");
  let text = pending ? `${say(now)}, ${kept}` : say(now);
  if (old && state === "lost" && channel() === "phone") text += `. ${say("offline", time(old))}`;
  for (const spot of document.querySelectorAll("[data-live-state]")) {
    if (spot.textContent !== text) spot.textContent = text;
    spot.dataset.liveState = now;
  }
}

const time = (at) => new Date(at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Amsterdam" }).replace(":", ".");

function swapped() {
  delete document.documentElement.dataset.kept;
  words();
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
  if (place && (!(source || polling || follows()) || Date.now() - heard > 20000 || source?.readyState === 2)) {
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
document.addEventListener("samenwijk:swapped", swapped);
startOutbox();
startMoments();
retry();
if (place) {
  document.addEventListener("visibilitychange", visibility);
  for (const moment of ["online", "pageshow"]) addEventListener(moment, wake);
  addEventListener("pagehide", close);
  setInterval(() => (source || follows()) && Date.now() - heard > SILENCE && lost(), 5000);
  startTabs({ open, hear: overheard, seq: () => seq });
  startKeeping(channel());
  words();
  open();
}
