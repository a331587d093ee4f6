// One line for all tabs of a browser: the tab that holds it tells the others what it hears. A browser has six
// connections for all its tabs, without HTTP/2, and an answer must always find one free. Tabs that follow another
// room, or another channel of it, hold a line of their own; when too many do, the last one looks now and then instead.
const WAIT = 60; // milliseconds in which the other tabs answer
const STILL = 4000; // so often a tab asks whether the one that holds its line still lives
const PATIENCE = 1000;
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("samenwijk-live");
const me = Math.random();

let leading = "";
let following = 0; // the number of the tab that holds our line
let asked = [];
let alive = 0;
let act = {};

export function startTabs(actions) {
  act = actions;
  if (!channel) return;
  channel.onmessage = ({ data }) => data.from !== me && answers[data.word]?.(data);
  setInterval(watch, STILL);
}

// A tab that was killed, or put to sleep, says nothing: then its line is not ours any more.
function watch() {
  if (!following) return;
  const leader = (alive = following);
  say("still", { to: leader });
  setTimeout(() => alive === leader && following === leader && act.open(), PATIENCE);
}

const say = (word, more) => channel?.postMessage({ word, from: me, ...more });

const answers = {
  who: ({ from }) => leading && say("lead", { key: leading, to: from, seq: act.seq() }),
  lead: ({ key, to, from, seq }) => to === me && asked.push({ key, from, seq }),
  still: ({ to, from }) => to === me && leading && say("yes", { to: from }),
  yes: ({ to }) => to === me && (alive = 0),
  // Two tabs that opened at the same moment both hold a line: the one with the lower number keeps it.
  claim: ({ key, from }) => key === leading && (from < me ? act.open() : say("claim", { key })),
  told: ({ from, event }) => (from === following ? act.hear(event) : ahead(from, event)),
  gone: ({ from }) => (from === following ? setTimeout(() => from === following && act.open(), Math.random() * 400) : forget(from)),
};

// A tab that answered us and stepped aside before we follow it has no line to share.
function forget(from) {
  const at = asked.findIndex((one) => one.from === from);
  if (at >= 0) asked.splice(at, 1);
}

// What a tab hears after it answered us and before we follow it would else be missed by us.
function ahead(from, { id, told }) {
  for (const one of asked) if (one.from === from) one.seq = Math.max(one.seq, id || told?.seq || 0);
}

// "lead": this tab should open a line. "follow": tab `from` has it, and has come as far as `seq`. "wait": too many.
export async function find(key, most) {
  leading = "";
  following = 0;
  if (!channel) return { role: "lead" };
  const found = (asked = []);
  say("who");
  await new Promise((go) => setTimeout(go, WAIT));
  const same = found.find((one) => one.key === key);
  return same ? { role: "follow", from: same.from, seq: same.seq } : { role: found.length >= most ? "wait" : "lead" };
}

export function lead(key) {
  leading = key;
  say("claim", { key });
}

export function follow(from) {
  following = from;
}

export const follows = () => !!following;

// What the line says goes to the other tabs too.
export const pass = (event) => leading && say("told", { event });

export function leave() {
  if (leading) say("gone");
  leading = "";
  following = 0;
}
