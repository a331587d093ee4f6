// The projector turns its boards by itself, every twelve seconds, by the clock: so a new picture does not start again.
// The arrows of a keyboard or a clicker turn them by hand; the space bar lets a board stand still.
import { refresh } from "./swap.js";

const EVERY = 12000;
const AGAIN = 30000; // also without a line, or when a moment passes that nobody announces, the picture is right again
const place = document.getElementById("scherm");
let still = null;
let until = 0;

const boards = () => [...document.querySelectorAll("[data-board]")];
const byClock = (count) => Math.floor(Date.now() / EVERY) % count;

function turn() {
  const all = boards();
  if (all.length < 2) return;
  const now = still === null ? byClock(all.length) : ((still % all.length) + all.length) % all.length;
  all.forEach((board, number) => (board.hidden = number !== now));
  const line = document.querySelector("[data-turn]");
  line.querySelector("[data-turn-at]").textContent = now + 1;
  line.classList.toggle("wall-turn--still", still !== null);
}

function by(step) {
  const count = boards().length;
  if (count < 2) return;
  still = (still ?? byClock(count)) + step;
  turn();
}

function arrived() {
  turn();
  const scene = document.querySelector("[data-turns-at]");
  clearTimeout(until);
  // The server's clock counts: only how long it takes is taken from this one.
  if (scene) until = setTimeout(look, Math.max(0, Date.parse(scene.dataset.turnsAt) - Date.parse(scene.dataset.now)) + 400);
}

const look = () => refresh(place.dataset.refresh, [place]);

const KEYS = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };
document.addEventListener("keydown", (event) => {
  if (event.key === " " && boards().length > 1) {
    still = still === null ? byClock(boards().length) : null;
    turn();
  } else if (KEYS[event.key]) by(KEYS[event.key]);
  else return;
  event.preventDefault();
});
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-turn-by]");
  if (!link) return;
  event.preventDefault();
  by(Number(link.dataset.turnBy));
});
document.addEventListener("samenwijk:swapped", arrived);
setInterval(turn, 500);
setInterval(look, AGAIN);
arrived();
