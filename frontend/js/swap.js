// Brings new content into the page without ever touching what somebody is typing or choosing.
import { say } from "./words.js";

const fresh = { "HX-Request": "true" };

export function unsaved(region) {
  return inUse(region) || [...region.querySelectorAll("form")].some(started);
}

// Somebody stands in a field here.
export function inUse(region) {
  const focus = document.activeElement;
  return Boolean(focus && region.contains(focus) && !focus.form?.sent && focus.matches("input:not([type=submit],[type=button]), textarea, select, [contenteditable]"));
}

const started = (form) => !form.sent && (form.dirty || [...form.elements].some(changed));

function changed(field) {
  if (field.type === "hidden" || field.disabled) return false;
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.tagName === "SELECT") return chosen(field) !== first(field);
  return "defaultValue" in field && field.tagName !== "OUTPUT" && field.value !== field.defaultValue;
}

const chosen = (select) => [...select.options].map((option) => option.selected).join();

function first(select) {
  const given = [...select.options].map((option) => option.defaultSelected);
  if (!select.multiple && !given.includes(true) && given.length) given[0] = true;
  return given.join();
}

// What was sent and accepted is what the form holds from now on.
export function saved(form) {
  form.dirty = false;
  for (const field of form.elements) {
    if (field.type === "checkbox" || field.type === "radio") field.defaultChecked = field.checked;
    else if (field.tagName === "SELECT") for (const option of field.options) option.defaultSelected = option.selected;
    else if ("defaultValue" in field && field.tagName !== "OUTPUT" && field.type !== "hidden") field.defaultValue = field.value;
  }
}

// Puts what somebody filled in here into the same forms of the new page; says whether all of it found its place.
export function carry(region, page) {
  const forms = [...(page.getElementById(region.id)?.querySelectorAll("form") || [])];
  return [...region.querySelectorAll("form")].filter(started).every((form) => {
    const next = forms.find((other) => about(other) === about(form));
    return next && [...form.elements].filter(changed).every((field) => fill(next, field));
  });
}

// Where a form goes and what it is about; its key and token differ in every rendering.
function about(form) {
  const hidden = [...form.elements].filter((field) => field.type === "hidden" && !["key", "csrfmiddlewaretoken"].includes(field.name));
  return [form.getAttribute("action"), ...hidden.map((field) => `${field.name}=${field.value}`)].join(" ");
}

function fill(form, field) {
  const box = field.type === "checkbox" || field.type === "radio";
  const twin = [...form.elements].find((other) => other.name === field.name && other.type === field.type && (!box || other.value === field.value));
  if (!twin) return false;
  if (box) twin.checked = field.checked;
  else twin.value = field.value;
  return twin.value === field.value;
}

export const addressOf = (region) => region.dataset.refresh || location.href;

// Fetches one address for the regions that show it; answers false when it should be tried again. A region that got
// another page meanwhile, as the answer to a sending, keeps that one.
export async function refresh(url, regions) {
  let response;
  try {
    response = await fetch(url, { headers: fresh, cache: "no-store", credentials: "same-origin" });
  } catch {
    return false;
  }
  if (response.status >= 500 || response.status === 429) return false;
  if (!response.ok || response.status === 204) return true;
  const moved = response.redirected && new URL(response.url).pathname !== new URL(url, location.href).pathname;
  const html = await response.text();
  for (const region of regions.filter((one) => addressOf(one) === url)) {
    if (!unsaved(moved ? document.body : region)) moved ? leaveFor(response.url) : show(region, html);
    else offer(region, moved ? () => leaveFor(response.url) : () => showBeside(region, html), moved);
  }
  return true;
}

// Who asks for the news while a form is half filled in keeps what they wrote: in the same form, or to read and copy.
function showBeside(region, html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const left = carry(region, page) ? [] : written(region);
  show(region, page);
  if (left.length) tell(region, say("unsent").replace("{text}", left.join(" · ")));
}

const written = (region) =>
  [...region.querySelectorAll("form")]
    .filter(started)
    .flatMap((form) => [...form.elements].filter((field) => field.matches("textarea, input[type=text]") && changed(field) && field.value.trim()))
    .map((field) => field.value.trim());

export function leaveFor(url) {
  url === location.href ? location.reload() : location.assign(url);
}

// Puts an answer of the server, a fragment or a whole page (its text, or read already), in a region.
export function show(region, html) {
  settle(region);
  const page = typeof html === "string" ? new DOMParser().parseFromString(html, "text/html") : html;
  const source = (region.id && page.getElementById(region.id)) || (region.tagName === "MAIN" && page.querySelector("main")) || page.body;
  const same = plain(source.innerHTML);
  if (region.shown === same) return;
  region.shown = same;
  const focus = region.contains(document.activeElement) ? document.activeElement.id : "";
  const open = [...region.querySelectorAll("details[open] > summary")].map((summary) => summary.textContent);
  const sameNode = [...source.childNodes].map((node) => document.adoptNode(node));
  region.replaceChildren(...sameNode);
  follow(region, source.dataset.refresh);
  for (const summary of region.querySelectorAll("details > summary")) if (open.includes(summary.textContent)) summary.parentNode.open = true;
  if (focus) document.getElementById(focus)?.focus();
  window.htmx?.process?.(region);
  region.dispatchEvent(new CustomEvent("samenwijk:swapped", { bubbles: true }));
}

// After an answer the page is another one than its address says: looking again must not bring the old form back.
function follow(region, url) {
  if (!url || url === region.dataset.refresh) return;
  if (region.dataset.refresh === location.pathname + location.search) history.replaceState(history.state, "", url);
  region.dataset.refresh = url;
}

// Keys and tokens differ in every rendering and mean nothing to a reader.
const plain = (html) => html.replace(/<input[^>]*name="(key|csrfmiddlewaretoken)"[^>]*>/g, "").replace(/ data-now="[^"]*"/g, "");

export function offer(region, apply, moved) {
  region.waiting = apply;
  if (region.offered?.isConnected) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "nl-button nl-button--secondary button--small";
  button.textContent = say("news");
  button.addEventListener("click", () => region.waiting?.());
  const line = document.createElement("p");
  line.className = "live-news";
  line.setAttribute("role", "status");
  line.append(button);
  region.offered = line;
  region.before(line);
  // Somebody who only looked at a field and left it is not in the way.
  if (!moved) region.addEventListener("focusout", () => setTimeout(() => region.waiting && !unsaved(region) && region.waiting(), 400), { once: true });
}

function settle(region) {
  region.waiting = null;
  region.offered?.remove();
}

export function tell(region, text) {
  let line = region.querySelector(":scope > .live-note") || document.createElement("p");
  line.className = "live-note";
  line.setAttribute("role", "status");
  line.textContent = text;
  region.append(line);
}
