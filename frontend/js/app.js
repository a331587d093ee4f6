// Small things that make a page easier. Everything here also works without it.
import { startTimers } from "./timer.js";
import { startLimits } from "./limits.js";
import { startCounters } from "./counters.js";
import { startGuards } from "./guards.js";
import { startButtons } from "./buttons.js";
import { startLooking } from "./looking.js";

// Called again for every piece of page that htmx or live.js brings in.
function start(root) {
  startTimers(root);
  startLimits(root);
  startCounters(root);
  startGuards(root);
  startButtons(root);
  startLooking(root);
}

start(document);
document.querySelector("[data-focus]")?.focus();
for (const arrived of ["htmx:after:swap", "htmx:after:settle", "samenwijk:swapped"]) {
  document.addEventListener(arrived, (event) => start(event.target instanceof Element ? event.target : document));
}
