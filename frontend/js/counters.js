// "nog 12 tekens": counts down while somebody types.
export function startCounters(root) {
  for (const note of root.querySelectorAll("[data-counter-for]")) {
    const control = document.getElementById(note.dataset.counterFor);
    if (!control || note.counting) continue;
    note.counting = true;
    const most = Number(control.dataset.counter);
    const show = () => {
      const left = most - [...control.value].length;
      note.textContent = (left < 0 ? note.dataset.over : note.dataset.many).replace("{n}", Math.abs(left));
      note.classList.toggle("field__counter--over", left < 0);
    };
    control.addEventListener("input", show);
    show();
  }
}
