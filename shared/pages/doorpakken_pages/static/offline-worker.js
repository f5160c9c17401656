// Lets one page open without a line: keeps it, with nobody's name in it, and its styles and scripts
// (`files`). The newest from the server comes first. `blank` is the address of the page without
// names, where its own address has some.

const asked = new URL(location).searchParams;
const page = asked.get("page");
const blank = asked.get("blank") || page;
const KEPT = `page ${page}`;
const FILES = asked.get("files").split(",").map((one) => new URL(one, location).pathname);

async function keep(path, answer) {
  // A redirect leads to the page for signing in.
  if (answer.ok && !answer.redirected) await (await caches.open(KEPT)).put(path, answer);
}

async function keepAll() {
  await keep(page, await fetch(blank));
  for (const path of FILES) await keep(path, await fetch(path));
}

async function keepAgain(path, request, answer) {
  if (path === page && blank !== page) {
    if (answer.ok && !answer.redirected) await keep(page, await fetch(blank));
    return;
  }
  // With a search in its address the page has names in it.
  if (!new URL(request.url).search) await keep(path, answer);
}

async function newest(event, path) {
  const kept = () => caches.match(path, { cacheName: KEPT });
  try {
    const answer = await fetch(event.request);
    if (answer.status >= 500) return (await kept()) || answer;
    event.waitUntil(keepAgain(path, event.request, answer.clone()).catch(() => {}));
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
  const isPage = mode === "navigate" && pathname === page;
  if (isPage || FILES.includes(pathname)) event.respondWith(newest(event, pathname));
});
