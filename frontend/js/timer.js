// Clocks that count down to an end time. The server says what time it is, so a wrong clock in a phone does no harm.
const running = new Set();
let ticking = 0;

export function startTimers(root) {
  for (const timer of root.querySelectorAll("[data-ends]")) {
    const key = timer.dataset.ends + timer.dataset.now;
    if (timer.started === key) continue;
    timer.started = key;
    timer.ahead = Date.parse(timer.dataset.now) - Date.now();
    timer.ends = Date.parse(timer.dataset.ends);
    running.add(timer);
    show(timer);
  }
  if (running.size && !ticking) ticking = setInterval(tick, 250);
}

function tick() {
  for (const timer of running) timer.isConnected ? show(timer) : running.delete(timer);
  if (!running.size) ticking = clearInterval(ticking) || 0;
}

function show(timer) {
  if (!timer.dataset.ends) return void running.delete(timer);
  const left = (timer.ends - (Date.now() + timer.ahead)) / 1000;
  const text = timer.querySelector(".timer__text");
  const words = clock(left);
  if (text.textContent !== words) text.textContent = words;
  timer.classList.toggle("timer--over", left <= -1);
  const ring = timer.querySelector(".timer__left");
  const total = Number(timer.dataset.total);
  if (ring && total) ring.setAttribute("stroke-dasharray", `${Math.max(0, Math.min(100, (left * 100) / total)).toFixed(1)} 100`);
}

function clock(seconds) {
  const over = seconds <= -1;
  const whole = over ? Math.floor(-seconds) : Math.max(0, Math.ceil(seconds));
  const two = (number) => String(number).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return (over ? "+" : "") + (hours ? `${hours}:${two(minutes)}` : minutes) + `:${two(whole % 60)}`;
}
