// The facilitator presses and the page stays: what was typed elsewhere on it is kept, and what changed is brought in.
// Without this script every press is an ordinary form and a new page.
import "./seats.js";
import { carry, inUse, offer, saved, show, unsaved } from "./swap.js";

const PATIENCE = 15000;

document.addEventListener("submit", pressed);
document.addEventListener("change", picked);
document.addEventListener("samenwijk:swapped", picked);
picked();

async function pressed(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.matches("[data-outbox], [data-whole-page]")) return;
  event.preventDefault();
  if (form.sent) return;
  const body = new URLSearchParams(new FormData(form));
  if (event.submitter?.name) body.set(event.submitter.name, event.submitter.value);
  busy(form, true);
  const response = await post(form.action, body);
  if (!response) return busy(form, false), tell("offline");
  if (response.status >= 500) return busy(form, false), tell("failed");
  if (!response.ok && response.status !== 422) return form.submit();
  if (new URL(response.url).pathname !== location.pathname && response.redirected) return location.assign(response.url);
  arrive(form, await response.text(), response.ok);
}

async function post(url, body) {
  const patience = new AbortController();
  const clock = setTimeout(() => patience.abort(), PATIENCE);
  try {
    return await fetch(url, { method: "POST", body, headers: { "HX-Request": "true" }, credentials: "same-origin", signal: patience.signal });
  } catch {
    return null;
  } finally {
    clearTimeout(clock);
  }
}

// The button stays where it is and keeps the focus; only a second press does nothing meanwhile.
function busy(form, now) {
  form.sent = now;
  form.toggleAttribute("aria-busy", now);
}

// What somebody filled in elsewhere moves along to the new page. Where that cannot be, the old part stays until they
// are done with it, and what was sent is no longer in the way.
function arrive(form, html, accepted) {
  const heading = title();
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const region of document.querySelectorAll("[data-part]")) {
    if (!page.getElementById(region.id)) continue;
    region.shown = null;
    if (!unsaved(region) || (!inUse(region) && carry(region, page))) show(region, page);
    else offer(region, () => (carry(region, page), show(region, page)), false);
  }
  if (form.isConnected) {
    if (accepted) saved(form);
    busy(form, false);
  }
  say(page.querySelector(".messages"));
  if (title() !== heading) scrollTo(0, 0);
  document.querySelector("[data-part] .error-summary, [data-part] [role=alert]")?.scrollIntoView({ block: "nearest" });
}

const title = () => document.querySelector("h1")?.textContent;

function tell(word) {
  const place = document.getElementById("meldingen");
  const line = document.createElement("p");
  line.className = "live-note";
  line.textContent = place.dataset[word];
  say(line);
}

function say(words) {
  document.querySelector("main > .messages")?.remove();
  document.getElementById("meldingen")?.replaceChildren(...(words ? [words] : []));
}

// "3 gekozen": how many ideas are ticked.
function picked() {
  for (const line of document.querySelectorAll("[data-picked]")) {
    const number = document.querySelectorAll(`#${line.dataset.picked} :checked`).length;
    const words = number ? line.dataset.many.replace("{n}", number) : line.dataset.none;
    if (line.textContent !== words) line.textContent = words;
  }
}
