// Warns before somebody leaves a form with text that is not saved yet, and asks before a button that says so.
let unsaved = 0;

export function startGuards(root) {
  for (const form of root.querySelectorAll("form[data-guard]")) {
    if (form.guarded) continue;
    form.guarded = true;
    form.addEventListener("input", () => mark(form, true));
    form.addEventListener("submit", () => mark(form, false));
  }
  for (const form of root.querySelectorAll("form[data-confirm]")) {
    if (form.asking) continue;
    form.asking = true;
    form.addEventListener("submit", (event) => {
      if (!window.confirm(form.dataset.confirm)) event.preventDefault();
    });
  }
}

function mark(form, dirty) {
  if (Boolean(form.dirty) === dirty) return;
  form.dirty = dirty;
  unsaved += dirty ? 1 : -1;
}

addEventListener("beforeunload", (event) => {
  if (unsaved > 0) event.preventDefault();
});
