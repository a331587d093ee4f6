// Run in the page of the projector: a sentence for everything that is cut, lies over something else, or sticks out.
() => {
  const decoration = ".visually-hidden, .nl-skip-link, svg, [hidden], [aria-hidden=true], .wall-turn";
  const shown = (all) => [...document.querySelectorAll(all)].filter((e) => !e.closest(decoration) && e.getBoundingClientRect().height > 0);
  const called = (e) => `${e.tagName.toLowerCase()}.${(e.getAttribute("class") || "").trim().replace(/\s+/g, ".")}`;
  const found = [];

  for (const e of shown("body *")) {
    const box = e.getBoundingClientRect();
    const style = getComputedStyle(e);
    const text = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (box.right > innerWidth + 1 || box.bottom > innerHeight + 1 || box.left < -1 || box.top < -1) found.push(`${called(e)} leaves the screen`);
    if (style.overflowY !== "visible" && (e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1)) found.push(`${called(e)} is cut: ${e.scrollWidth}x${e.scrollHeight} in ${e.clientWidth}x${e.clientHeight}`);
    if (text && e.clientWidth && e.scrollWidth > e.clientWidth + 2) found.push(`${called(e)} has text that is too wide`);
  }

  const apart = shown(".wall-card, .wall__heading, .strip, .screen-header, .screen-footer, .screen-top, .screen-lead, .voters, .tables__row, .goodbye__card, .told__plan, .told__help, .figure, .programme__line, .heard__answer").map((e) => [e, e.getBoundingClientRect()]);
  for (const [a, p] of apart) {
    for (const [b, q] of apart) {
      if (a === b || a.contains(b) || b.contains(a)) continue;
      const over = Math.min(p.right, q.right) - Math.max(p.left, q.left) > 1 && Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top) > 1;
      if (over) found.push(`${called(a)} lies over ${called(b)}`);
    }
  }

  for (const e of shown("main *, header, footer")) {
    const own = e.getBoundingClientRect();
    const out = [...e.children].find((c) => {
      const box = c.getBoundingClientRect();
      return !c.closest(decoration) && getComputedStyle(c).position !== "absolute" && box.height && (box.bottom > own.bottom + 2 || box.right > own.right + 2);
    });
    if (out && !getComputedStyle(e).display.startsWith("inline") && !getComputedStyle(out).display.startsWith("inline")) found.push(`${called(out)} sticks out of ${called(e)}`);
  }
  return [...new Set(found)].slice(0, 8);
}
