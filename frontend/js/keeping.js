// Lets the browser keep the last page of the evening, where it can: service workers need https, or this machine.
const SCOPES = { phone: "/bijeenkomst/", screen: "/scherm/" };

export function startKeeping(channel) {
  const workers = navigator.serviceWorker;
  const scope = SCOPES[channel];
  if (!workers || !scope || !location.pathname.startsWith(scope)) return;
  // The first page came before its keeper did: once that is there, the page and its parts pass by it again.
  if (!workers.controller) workers.addEventListener("controllerchange", () => setTimeout(passBy, 1500), { once: true });
  workers.register("/offline.js", { scope }).catch(() => {});
}

function passBy() {
  const parts = performance.getEntriesByType("resource").map((entry) => entry.name);
  for (const part of [location.pathname, ...parts.filter((name) => new URL(name).pathname.startsWith("/static/"))]) {
    fetch(part, { credentials: "same-origin" }).catch(() => {});
  }
}
