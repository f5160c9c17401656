// What came of a session, without a line: each form that is sent is kept on this phone until the
// server has it, and sent in order. A line has an id that is made here, so that it is one line
// however often it is sent.

import { dropOld, openStore } from "./outcome-store.js";

const SEND_AGAIN_MS = 15_000;
const FILES = ["doorpakken.css", "outcome.js", "outcome-store.js", "phone-store.js"];
const WAITING = "waiting";
const REFUSED = "refused";

const outcome = document.querySelector("[data-outcome]");
const words = outcome.querySelector("[data-words]").dataset;
const find = (name) => outcome.querySelector(`[data-${name}]`);
const formOf = (act) => outcome.querySelector(`form[data-act=${act}]`);
// The parts of the page that have names of people in them.
const PARTS = ["[data-guests]", "#owner"];
let store = null;
let isSending = false;

const textOf = (fields, name) => (fields.find(([field]) => field === name) || [])[1] || "";

function labelOf(form, fields) {
  if (form.dataset.act !== "line") return words[form.dataset.act];
  const owner = form.elements.owner.selectedOptions[0].textContent;
  const who = textOf(fields, "owner_name") || owner;
  return [who, textOf(fields, "amount"), textOf(fields, "agreed")].filter(Boolean).join(": ");
}

// What is wrong, as the page says it that the server answered with.
function whyIn(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  const said = page.querySelector(".errors[tabindex] li");
  return said ? said.textContent.trim() : words.again;
}

function takeOver(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  for (const part of outcome.querySelectorAll("[data-fresh]")) {
    const fresh = page.querySelector(`[data-fresh=${part.dataset.fresh}]`);
    if (fresh) part.innerHTML = fresh.innerHTML;
  }
}

async function send() {
  if (isSending) return;
  isSending = true;
  try {
    await sendWaiting();
  } catch (error) {
    // There is no line: it is tried again.
  } finally {
    isSending = false;
    await show();
  }
}

async function sendWaiting() {
  for (const one of (await store.written()).filter(({ state }) => state === WAITING)) {
    const answer = await fetch(outcome.dataset.page, {
      method: "POST",
      body: new URLSearchParams(one.fields),
    });
    const isDone = answer.ok && new URL(answer.url).pathname === outcome.dataset.page;
    const isSignedOut = !isDone && (answer.ok || [401, 403, 404, 410].includes(answer.status));
    find("signed-out").hidden = !isSignedOut;
    if (isSignedOut || answer.status === 429 || answer.status >= 500) return;
    const text = await answer.text();
    if (isDone) {
      await store.drop(one);
      find("told").textContent = words.saved;
      takeOver(text);
    } else {
      await store.put({ ...one, state: REFUSED, why: whyIn(text) });
    }
  }
}

async function show() {
  const written = await store.written();
  find("queue").hidden = written.length === 0;
  find("rows").replaceChildren(...written.map(rowOf));
}

function rowOf(one) {
  const made = find("row").content.firstElementChild.cloneNode(true);
  made.querySelector("[data-text]").textContent = one.label;
  made.querySelector("[data-state]").textContent = one.state === REFUSED ? one.why : words.waiting;
  const fix = made.querySelector("[data-fix]");
  fix.hidden = one.state !== REFUSED;
  fix.addEventListener("click", async () => {
    fill(formOf(one.act), one.fields);
    await store.drop(one);
    await show();
  });
  made.querySelector("[data-drop]").addEventListener("click", async () => {
    await store.drop(one);
    await show();
  });
  return made;
}

function fill(form, fields) {
  for (const box of form.elements) {
    if (box.type === "hidden") continue;
    const texts = fields.filter(([name]) => name === box.name).map(([, text]) => text);
    if (box.type === "checkbox") box.checked = texts.includes(box.value);
    else if (box.name) box.value = texts[0] || "";
  }
  for (const part of form.querySelectorAll("details")) part.open = true;
  form.querySelector("select, input:not([type=hidden]), textarea").focus();
}

function renew(form) {
  form.elements.idempotency_key.value = crypto.randomUUID();
  if (form.dataset.act === "line") {
    const { agreement_id: joins, line_id: id } = form.elements;
    joinTo(joins.checked ? joins.value : id.value);
    form.reset();
    id.value = crypto.randomUUID();
  }
  if (form.dataset.act === "people") notePeople(form);
}

// The next line may belong to what was agreed in this one.
function joinTo(agreement) {
  if (!agreement) return;
  find("joins").hidden = false;
  find("joins").querySelector("input").value = agreement;
}

function hidden(name, value) {
  const made = document.createElement("input");
  Object.assign(made, { type: "hidden", name, value });
  return made;
}

// What stands there now is what the next change is measured by.
function notePeople(form) {
  for (const one of form.querySelectorAll("[name=was], [name=listed]")) one.remove();
  const ticked = [...form.querySelectorAll("[name=came]:checked")];
  const names = form.elements.others.value.split("\n").map((one) => one.trim()).filter(Boolean);
  form.append(...ticked.map((one) => hidden("was", one.value)));
  form.append(...names.map((one) => hidden("listed", one)));
}

async function take(form) {
  const fields = [...new FormData(form)];
  const act = form.dataset.act;
  await store.add({ act, fields, label: labelOf(form, fields), state: WAITING });
  find("told").textContent = words.kept;
  renew(form);
  await keepTable();
  await show();
  await send();
}

function followForms() {
  for (const form of outcome.querySelectorAll("form[data-act]")) {
    form.addEventListener("submit", async (event) => {
      // With a line the server says better what is missing than the browser does.
      if (!form.checkValidity() && navigator.onLine) return;
      event.preventDefault();
      if (form.reportValidity()) await take(form);
    });
  }
}

async function keepTable() {
  for (const box of outcome.querySelectorAll("[name=came]")) {
    box.toggleAttribute("checked", box.checked);
  }
  const { others } = formOf("people").elements;
  await store.keepTable({
    parts: PARTS.map((one) => outcome.querySelector(one).innerHTML),
    others: others.value,
    agreement: formOf("line").elements.agreement_id.value,
  });
}

// The page that is kept has nobody's name: they come from the phone's own database.
async function putInNames() {
  const table = await store.table();
  if (!table) return;
  table.parts.forEach((part, at) => { outcome.querySelector(PARTS[at]).innerHTML = part; });
  formOf("people").elements.others.value = table.others;
  joinTo(table.agreement);
  notePeople(formOf("people"));
  for (const form of outcome.querySelectorAll("form[data-act]")) {
    form.elements.idempotency_key.value = crypto.randomUUID();
  }
  formOf("line").elements.line_id.value = crypto.randomUUID();
}

async function begin() {
  await dropOld();
  store = await openStore(outcome.dataset.outcome);
  if ("serviceWorker" in navigator) {
    const { page, worker } = outcome.dataset;
    const asked = new URLSearchParams({ page, blank: `${page}?blank=1`, files: FILES.join() });
    await navigator.serviceWorker.register(`${worker}?${asked}`, { scope: page });
  }
  if ("blank" in outcome.dataset) await putInNames();
  else await keepTable();
  followForms();
  await show();
  await send();
  outcome.dataset.ready = "";
  window.addEventListener("online", send);
  setInterval(send, SEND_AGAIN_MS);
}

// A browser may refuse to keep anything, and a session may not be open yet: then the forms work as
// they do without scripts.
if (formOf("line")) begin().catch(() => {});
