// A page that says when it is out of date (the talking is over) fetches itself at that moment, by the server's clock.
import { addressOf, refresh } from "./swap.js";

let clock = 0;
let said = null;
let readable = 0;

export function startMoments() {
  document.addEventListener("samenwijk:swapped", () => (plan(), keep()));
  document.addEventListener("samenwijk:sent", answer);
  plan();
}

// After somebody's own sending they land at what the page answered, with their eyes and with their ears.
function answer() {
  said = document.querySelector("main [data-focus], main [role=alert], main .messages");
  if (!said) return;
  readable = Date.now() + 8000;
  said.tabIndex = -1;
  said.focus();
}

// The room goes on meanwhile: what was said stays long enough to be read, and no longer.
function keep() {
  const main = document.querySelector("main");
  const left = readable - Date.now();
  if (!said?.classList.contains("messages") || left <= 0 || main.querySelector(".messages")) return;
  main.prepend(said);
  const line = said;
  setTimeout(() => line.remove(), left);
}

function plan() {
  clearTimeout(clock);
  const mark = document.querySelector("[data-fresh-at]");
  const region = mark?.closest("[data-refresh]");
  if (!region) return;
  mark.due ??= Date.now() + Date.parse(mark.dataset.freshAt) - Date.parse(mark.dataset.now);
  // Not all phones in the room at the very same moment.
  const wait = Math.max(0, mark.due - Date.now()) + 300 + Math.random() * 900;
  clock = setTimeout(async () => {
    await refresh(addressOf(region), [region]);
    if (mark.isConnected) setTimeout(plan, 1000);
  }, Math.min(wait, 2 ** 31 - 1));
}
