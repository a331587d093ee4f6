// Somebody can be dragged to another table; the same form does it with a keyboard and without this script.
let dragged = null;

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.("[data-seats] [data-seat]") ?? null;
  if (!dragged) return;
  dragged.classList.add("is-dragged");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.textContent.trim());
});

document.addEventListener("dragover", (event) => {
  const table = under(event);
  mark(table);
  if (table) event.preventDefault();
});

document.addEventListener("drop", (event) => {
  const table = under(event);
  if (!table) return;
  event.preventDefault();
  const form = table.closest("[data-seats]");
  dragged.querySelector("input").checked = true;
  form.elements.table.value = table.dataset.table;
  form.requestSubmit(form.querySelector("[value=move]"));
});

document.addEventListener("dragend", () => {
  dragged?.classList.remove("is-dragged");
  dragged = null;
  mark(null);
});

// Only another table in the same round takes somebody in.
function under(event) {
  const table = dragged && event.target.closest?.("[data-table]");
  return table && table.closest("[data-seats]") === dragged.closest("[data-seats]") && !table.contains(dragged) ? table : null;
}

function mark(table) {
  for (const other of document.querySelectorAll("[data-table].is-over")) if (other !== table) other.classList.remove("is-over");
  table?.classList.add("is-over");
}

function lift() {
  for (const seat of document.querySelectorAll("[data-seats] [data-seat]")) seat.draggable = true;
}

document.addEventListener("samenwijk:swapped", lift);
lift();
