// Answers leave through the outbox: kept on the phone first, sent one at a time and in order, and forgotten only
// after the server answered. Every form carries a key, so that sending twice is harmless.
import { leaveFor, show, tell, unsaved } from "./swap.js";
import { say } from "./words.js";

const KEEP = 24 * 3600 * 1000;
const waiting = new Map(); // key -> form that is still on this page
let memory = null; // when the browser keeps nothing for us
let sending = false;
let again = 0;
let wait = 1000;
let misses = 0;
let ahead = null; // how far the clock of the server is ahead of this one, in milliseconds
let pressed = 0;

export function key() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

// Of two choices of one person the later press counts, also when it arrives first: so presses are numbered, by the
// clock of the server, for another phone of the same person counts along.
export function setClock(now) {
  ahead = now - Date.now();
  try {
    localStorage.samenwijkAhead = ahead;
  } catch { /* then this page knows it, and the next one asks again */ }
}

function number() {
  try {
    ahead ??= Number(localStorage.samenwijkAhead || 0);
  } catch {
    ahead = 0;
  }
  return (pressed = Math.max(pressed + 1, Math.round(Date.now() + ahead)));
}

// Answers belong to one participant of one room: the next person on a shared phone sends nothing of the last one.
function owner() {
  const [room, , , who] = (document.querySelector("[data-ticket]")?.dataset.ticket || "...").split("~")[0].split(".");
  return `${room}.${who}`;
}

function database() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("samenwijk", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("outbox", { keyPath: "id", autoIncrement: true });
    request.onsuccess = () => resolve(request.result);
    request.onerror = request.onblocked = () => reject(request.error);
  });
}

async function store(mode, act) {
  if (memory) return act(null);
  const db = await database();
  try {
    return await new Promise((resolve, reject) => {
      const change = db.transaction("outbox", mode);
      const request = act(change.objectStore("outbox"));
      change.oncomplete = () => resolve(request.result);
      change.onerror = change.onabort = () => reject(change.error);
    });
  } finally {
    db.close();
  }
}

async function keep(item) {
  try {
    await store("readwrite", (box) => (box ? box.add(item) : memory.push({ ...item, id: item.key })));
  } catch {
    memory = memory || [];
    memory.push({ ...item, id: item.key });
  }
}

const forget = (item) =>
  store("readwrite", (box) => (box ? box.delete(item.id) : void (memory = memory.filter((one) => one.id !== item.id))));

async function all() {
  let items;
  try {
    items = await store("readonly", (box) => (box ? box.getAll() : memory));
  } catch {
    items = memory = memory || [];
  }
  const mine = owner();
  return items.filter((item) => item.owner === mine && Date.now() - item.at < KEEP);
}

async function changed() {
  const n = (await all()).length;
  document.dispatchEvent(new CustomEvent("samenwijk:outbox", { detail: n }));
  return n;
}

async function submitted(event) {
  const form = event.target;
  if (event.defaultPrevented || !form.matches?.("form[data-outbox]") || form.sent) return;
  const data = new FormData(form, event.submitter);
  if (form.method !== "post" || [...data.values()].some((value) => typeof value !== "string")) return;
  event.preventDefault();
  // A page from before may hold a key that was used already; what is written on it now is something new.
  if (!data.get("key") || document.documentElement.dataset.kept || form.used) data.set("key", key());
  if (data.has("sequence")) data.set("sequence", number());
  const url = event.submitter?.getAttribute("formaction") || form.getAttribute("action") || location.href;
  const item = { url: new URL(url, location.href).href, body: new URLSearchParams(data).toString(), key: data.get("key"), owner: owner(), at: Date.now() };
  hold(form, item.key);
  setTimeout(() => waiting.has(item.key) && !told(form) && tell(form, say(navigator.onLine ? "sending" : "kept")), navigator.onLine ? 1500 : 0);
  await keep(item);
  await changed();
  flush();
}

// What was sent from this form is on its way; the answer comes where the form stands.
function hold(form, sent) {
  form.sent = form.used = true;
  form.region = form.closest("[data-outbox-target], [data-refresh]") || form.closest("main") || document.body;
  form.setAttribute("aria-busy", "true");
  for (const button of buttons(form)) button.disabled = true;
  waiting.set(sent, form);
}

const told = (form) => form.querySelector(":scope > .live-note");

const buttons = (form) => [...document.querySelectorAll("button, input[type=submit]")].filter((button) => button.form === form && button.type === "submit");

export function flush() {
  clearTimeout(again);
  if (sending) return;
  sending = true;
  const work = () => empty().finally(() => (sending = false));
  if (!navigator.locks) return work();
  // Of several tabs one sends at a time. A tab that the phone put to sleep must not stop the others for long; and
  // when two send after all (or on plain http, without locks), the keys make it harmless.
  navigator.locks.request("samenwijk-outbox", { ifAvailable: true }, (lock) => {
    if (lock || misses++ > 3) return (misses = 0), work();
    sending = false;
    again = setTimeout(flush, 1500);
  });
}

async function empty() {
  for (let item; (item = (await all())[0]); ) {
    const response = await post(item);
    if (!response) {
      later();
      break;
    }
    wait = 1000;
    const html = await response.text().catch(() => "");
    await forget(item);
    await changed();
    answered(item, response, html);
  }
  for (const [sent, form] of waiting) if (!(await all()).some((item) => item.key === sent)) elsewhere(sent, form);
}

async function post(item) {
  const patience = new AbortController();
  const clock = setTimeout(() => patience.abort(), 20000);
  const body = new URLSearchParams(item.body);
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (token) body.set("csrfmiddlewaretoken", token);
  // What was sent in time but arrives late still counts as in time: the server hears how long it waited here.
  body.set("queued", "1");
  body.set("age", Math.max(0, Date.now() - item.at));
  try {
    const response = await fetch(item.url, {
      method: "POST",
      body,
      headers: { "HX-Request": "true" },
      credentials: "same-origin",
      signal: patience.signal,
    });
    return response.status >= 500 || [408, 425, 429].includes(response.status) ? null : response;
  } catch {
    return null;
  } finally {
    clearTimeout(clock);
  }
}

function later() {
  for (const form of waiting.values()) tell(form, say("kept"));
  again = setTimeout(flush, wait * (0.75 + Math.random() / 2));
  wait = Math.min(wait * 2, 30000);
}

function answered(item, response, html) {
  const form = waiting.get(item.key);
  waiting.delete(item.key);
  // The room may have gone on while this was on its way; the answer still belongs where the form was.
  const region = form?.region?.isConnected && (form.isConnected || !unsaved(form.region)) ? form.region : null;
  if (!region) {
    if (!response.ok) tell(document.querySelector("main") || document.body, say("refused"));
    document.dispatchEvent(new CustomEvent("samenwijk:sent", { detail: item }));
    return;
  }
  const elsewhere = response.redirected && new URL(response.url).pathname !== location.pathname;
  if (elsewhere) return leaveFor(response.url);
  region.shown = null;
  show(region, html);
  document.dispatchEvent(new CustomEvent("samenwijk:sent", { detail: item }));
}

// Another tab sent it and got the answer; here the page only has to catch up.
function elsewhere(sent, form) {
  waiting.delete(sent);
  if (form.isConnected) leaveFor(location.href);
}

// A choice that is still on its way stands on the page as it was made, also on a page that was opened again.
async function remind() {
  const newest = new Map((await all()).map((item) => [item.url, item]));
  for (const form of document.querySelectorAll("form[data-outbox]")) {
    const item = form.elements.sequence && !form.sent && !form.dirty && newest.get(new URL(form.getAttribute("action"), location.href).href);
    if (!item) continue;
    fill(form, new URLSearchParams(item.body));
    hold(form, item.key);
    tell(form, say("kept"));
    flush();
  }
}

function fill(form, given) {
  for (const field of form.elements) {
    if (field.type === "checkbox" || field.type === "radio") field.checked = given.getAll(field.name).includes(field.value);
  }
  form.querySelector("input:not([type=hidden])")?.dispatchEvent(new Event("change", { bubbles: true }));
}

// Until the count anybody may choose otherwise, also while the last choice is still on its way: the later press counts.
function changedAfterwards(event) {
  const form = event.target.form;
  if (!form?.sent || !form.elements.sequence) return;
  form.sent = false;
  form.removeAttribute("aria-busy");
  told(form)?.remove();
  for (const button of buttons(form)) button.disabled = false;
  for (const [sent, held] of waiting) if (held === form) waiting.delete(sent);
}

export function startOutbox() {
  document.addEventListener("submit", submitted);
  document.addEventListener("change", changedAfterwards);
  document.addEventListener("samenwijk:swapped", remind);
  remind();
  for (const moment of ["online", "pageshow"]) addEventListener(moment, retry);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && retry());
  changed();
}

export function retry() {
  wait = 1000;
  flush();
}
