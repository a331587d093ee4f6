// "Nog 1 keuze": counts what is chosen in a group with a maximum, and closes the rest when all are used.
export function startLimits(root) {
  const groups = [...root.querySelectorAll("[data-max]")];
  if (root.matches?.("[data-max]")) groups.push(root);
  for (const group of groups) {
    if (!group.counting) {
      group.counting = true;
      group.addEventListener("change", () => count(group));
    }
    count(group);
  }
}

function count(group) {
  const max = Number(group.dataset.max);
  const boxes = [...group.querySelectorAll("input[type=checkbox]")];
  const used = boxes.filter((box) => box.checked).length;
  for (const box of boxes) {
    if (box.disabled && !box.closedByLimit) continue;
    box.closedByLimit = !box.checked && used >= max;
    box.disabled = box.closedByLimit;
  }
  for (const dots of document.querySelectorAll(`[data-dots="${CSS.escape(group.id)}"]`)) show(dots, used, max - used);
}

function show(dots, used, left) {
  dots.querySelectorAll(".dot").forEach((dot, number) => dot.classList.toggle("dot--filled", number < used));
  const words = left <= 0 ? dots.dataset.none : left === 1 ? dots.dataset.one : dots.dataset.many.replace("{n}", left);
  const text = dots.querySelector(".dots__text");
  if (text.textContent !== words) text.textContent = words;
}
