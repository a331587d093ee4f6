// While somebody writes, the server looks whether the text may name a person; what it says stands below the field.
// The same is looked at when the text is sent: without a script, or without a connection, nothing gets past.
const PAUSE = 600;

export function startLooking(root) {
  for (const form of root.querySelectorAll("form[data-look-over]")) {
    if (form.lookedAt) continue;
    form.lookedAt = true;
    let timer = 0;
    form.addEventListener("input", ({ target }) => {
      if (!target.matches("textarea")) return;
      clearTimeout(timer);
      timer = setTimeout(() => look(form), PAUSE);
    });
  }
}

async function look(form) {
  const turn = (form.turn = (form.turn || 0) + 1);
  const answer = await fetch(form.dataset.lookOver, { method: "POST", body: new FormData(form) }).catch(() => null);
  const said = answer?.ok && (await answer.text().catch(() => null));
  if (typeof said !== "string" || turn !== form.turn) return;
  const place = form.querySelector("[data-looked-over]");
  const found = new DOMParser().parseFromString(said, "text/html").body;
  // The same words again: a tick that was given stays.
  if (words(place) !== words(found)) place.replaceChildren(...found.childNodes);
}

const words = (place) => place.textContent.replace(/\s+/g, " ").trim();
