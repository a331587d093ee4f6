// "Test deze zaal": what gets through on this network, measured the way phones use it, and said in words.
const form = document.getElementById("zaaltest");
const list = document.querySelector(".room-test");
const FAST = 300; // milliseconds there and back
const SOON = 1000; // milliseconds from a press until the message is here
const PATIENCE = 8000;

const address = (action, more = "") => `/live/${form.dataset.ticket}/${action}?client=zaaltest${more}`;
const part = (name) => list.querySelector(`[data-test="${name}"]`);

function tell(name, verdict, ms = 0) {
  const place = part(name);
  const fine = verdict === "good";
  const mark = place.querySelector("[data-mark]");
  mark.textContent = fine ? list.dataset.good : list.dataset.fair;
  mark.className = `nl-data-badge badge badge--${fine ? "done" : "now"}`;
  mark.hidden = false;
  place.dataset.verdict = fine ? "good" : "fair";
  place.querySelector("[data-said]").textContent = (place.dataset[verdict] || place.dataset.fair).replace("{s}", seconds(ms));
}

const seconds = (ms) => (ms / 1000).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 2 });

async function within(time, promise) {
  let clock;
  const late = new Promise((_, refuse) => { clock = setTimeout(() => refuse(new Error("late")), time); });
  return Promise.race([promise, late]).finally(() => clearTimeout(clock));
}

const ask = (url, options) => fetch(url, { cache: "no-store", ...options }).then((answer) => (answer.ok ? answer : Promise.reject(answer)));
const state = () => ask(address("poll", "&wait=0")).then((answer) => answer.json());
const press = () => ask(form.dataset.press, { method: "POST", body: new URLSearchParams(new FormData(form)), credentials: "same-origin" });

// Seven times there and back; the middle one counts.
async function speed() {
  const times = [];
  for (let turn = 0; turn < 7; turn++) {
    const began = performance.now();
    await within(PATIENCE, state());
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[3];
}

// From a press until the message is here: over a stream, and over a question that waits.
async function stream(seq) {
  const line = new EventSource(address("stream", `&since=${seq}`));
  try {
    await within(PATIENCE, new Promise((go, refuse) => { line.addEventListener("hello", go); line.onerror = refuse; }));
    const came = new Promise((go) => (line.onmessage = go));
    const began = performance.now();
    await press();
    await within(PATIENCE, came);
    return performance.now() - began;
  } finally {
    line.close();
  }
}

async function poll() {
  const { seq } = await state();
  const came = ask(address("poll", `&since=${seq}`)).then((answer) => answer.json());
  await new Promise((go) => setTimeout(go, 300));
  const began = performance.now();
  await press();
  const { frames } = await within(PATIENCE, came);
  if (!frames.length) throw new Error("nothing");
  return performance.now() - began;
}

async function measured(name, limit, act) {
  try {
    const ms = await act();
    tell(name, ms <= limit ? "good" : "fair", ms);
  } catch {
    tell(name, "bad");
  }
}

async function test() {
  const button = document.querySelector("#zaaltest button");
  button.disabled = true;
  try {
    const { seq } = await within(PATIENCE, state());
    tell("line", "good");
    await measured("speed", FAST, speed);
    await measured("stream", SOON, () => stream(seq));
    await measured("poll", SOON, poll);
  } catch {
    for (const name of ["line", "speed", "stream", "poll"]) tell(name, "bad");
  }
  tell("keep", "serviceWorker" in navigator ? "good" : "fair");
  button.disabled = false;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  test();
});
