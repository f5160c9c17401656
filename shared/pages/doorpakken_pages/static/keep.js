// Keeps what is typed in a form marked `data-keep` on this phone: until it was sent, a day at most,
// and for that form alone. Where the line is gone it says so, in the place of the browser's page.

const DAY_MS = 24 * 60 * 60 * 1000;
const PREFIX = "keep:";
// The form's key is kept too: what was decided before the answer got lost is not done twice.
const KEY = "idempotency_key";

// A browser may have no room for anything, or refuse: then nothing is kept, and all else works.
function stored(work) {
  try {
    return work(window.localStorage);
  } catch (error) {
    return null;
  }
}

function read(name) {
  const kept = stored((storage) => JSON.parse(storage.getItem(PREFIX + name)));
  return kept && Date.now() - kept.at < DAY_MS ? kept.fields : null;
}

function keep(form) {
  const fields = [...new FormData(form)].filter(([, text]) => typeof text === "string");
  const kept = JSON.stringify({ at: Date.now(), fields });
  stored((storage) => storage.setItem(PREFIX + form.dataset.keep, kept));
}

function drop(name) {
  stored((storage) => storage.removeItem(PREFIX + name));
}

function dropOld() {
  const names = stored((storage) => Object.keys(storage)) || [];
  for (const one of names.filter((name) => name.startsWith(PREFIX))) {
    const name = one.slice(PREFIX.length);
    if (!read(name)) drop(name);
  }
}

function fill(form, fields) {
  for (const box of form.elements) {
    const texts = fields.filter(([name]) => name === box.name).map(([, text]) => text);
    if (box.type === "radio" || box.type === "checkbox") {
      box.checked = texts.includes(box.value);
    } else if (texts.length && (box.type !== "hidden" || box.name === KEY)) {
      box.value = texts[0];
    }
  }
  for (const part of form.querySelectorAll("details")) {
    const typed = [...part.querySelectorAll("input, textarea")];
    if (typed.some((box) => box.type !== "hidden" && box.value)) part.open = true;
  }
}

function show(selector, isShown) {
  for (const one of document.querySelectorAll(selector)) one.hidden = !isShown;
}

function begin(form) {
  const fields = read(form.dataset.keep);
  if ("keepSent" in form.dataset) {
    keep(form); // it comes back from the server, with a key that is right
  } else if (fields) {
    fill(form, fields);
    show("[data-kept]", true);
  }
  form.addEventListener("input", () => keep(form));
  form.addEventListener("change", () => keep(form));
}

dropOld();
for (const one of document.querySelectorAll("[data-keep-done]")) drop(one.dataset.keepDone);
for (const form of document.querySelectorAll("form[data-keep]")) begin(form);
document.addEventListener("submit", (event) => {
  if (navigator.onLine === false) {
    event.preventDefault();
    show("[data-offline]", true);
  } else if (event.target.dataset.keepDrop) {
    drop(event.target.dataset.keepDrop);
  }
});
window.addEventListener("online", () => show("[data-offline]", false));
