// Keeps the part of a page marked `data-fragment` fresh: fetched anew when the server tells of a
// change at `data-live`, or every half minute where such a stream cannot be had.

const GATHER_MS = 400;
const POLL_MS = 30_000;

const part = document.querySelector("[data-fragment]");
let waiting = null;
let polling = null;

async function refresh() {
  waiting = null;
  try {
    const answer = await fetch(part.dataset.fragment, {
      headers: { Accept: "text/html" },
      redirect: "manual",
    });
    if (answer.type === "opaqueredirect") {
      // The staff token ran out: the whole page is loaded, which renews it.
      location.reload();
    } else if (answer.ok) {
      show(await answer.text());
    }
  } catch {
    poll(); // the server is away for a moment; the stream reconnects on its own
  }
}

// What the reader had opened stays open.
function show(html) {
  const open = [...part.querySelectorAll("details[open]")].map((one) => one.id);
  part.innerHTML = html;
  for (const one of part.querySelectorAll("details")) one.open = open.includes(one.id);
}

// Many changes close together are one fetch.
function soon() {
  if (waiting === null) waiting = setTimeout(refresh, GATHER_MS);
}

function poll() {
  if (polling === null) polling = setInterval(refresh, POLL_MS);
}

function follow() {
  const stream = new EventSource(part.dataset.live);
  for (const name of ["ready", "change", "reload"]) stream.addEventListener(name, soon);
  stream.addEventListener("open", () => {
    clearInterval(polling);
    polling = null;
  });
  stream.addEventListener("error", poll);
}

if (part && "EventSource" in window) follow();
else if (part) poll();
