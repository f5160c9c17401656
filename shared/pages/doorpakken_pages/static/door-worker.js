// Lets the page of the door open without a line: keeps that page, which has nobody's name in it,
// with its styles and scripts. The newest from the server comes first.

const door = new URL(location).searchParams.get("door");
const KEPT = `door ${door}`;
const NAMES = ["doorpakken.css", "door.js", "door-store.js", "live.js"];
const FILES = NAMES.map((one) => new URL(one, location).pathname);

async function keep(path, answer) {
  // A redirect leads to the page for signing in.
  if (answer.ok && !answer.redirected) await (await caches.open(KEPT)).put(path, answer);
}

async function keepAll() {
  for (const path of [door, ...FILES]) await keep(path, await fetch(path));
}

async function newest(request, path) {
  const kept = () => caches.match(path, { cacheName: KEPT });
  try {
    const answer = await fetch(request);
    if (answer.status >= 500) return (await kept()) || answer;
    // With a search in its address the page has names in it.
    if (!new URL(request.url).search) await keep(path, answer.clone());
    return answer;
  } catch (error) {
    return (await kept()) || Response.error();
  }
}

self.addEventListener("install", (event) => event.waitUntil(keepAll()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  const isPage = mode === "navigate" && pathname === door;
  if (isPage || FILES.includes(pathname)) event.respondWith(newest(event.request, pathname));
});
