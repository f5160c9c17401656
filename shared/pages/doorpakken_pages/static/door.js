// The door without a line: keeps names, kinds and codes on this phone until midnight, and what was
// scanned, as bare codes with their time, until it was sent.

import { all, change, eachNamed, midnight, open } from "./phone-store.js";

const SEND_AGAIN_MS = 15_000;
const AT_ONCE = 100;
const LOOK_MS = 300;
const ROWS_MAX = 200;
const FOUND_MAX = 20;
const FILES = ["doorpakken.css", "door.js", "phone-store.js", "live.js"];
const LANGUAGE = document.documentElement.lang;
const BEHIND = { video: { facingMode: "environment" } };
const CODE = /^[2-9A-HJKMNP-TV-Z]{6}$/;

// What a phone keeps for a door, a database for each gathering: names, kinds and codes until
// midnight, and scans; those that were not sent yet stay longer.

const PREFIX = "door:";
const STORES = {
  people: { keyPath: "code" },
  scans: { keyPath: "number", autoIncrement: true },
  until: {},
};

async function forget(database) {
  const [until] = await all(database, "until");
  if (until === undefined || Date.now() < until) return;
  const sent = (await all(database, "scans")).filter((one) => one.state !== "waiting");
  await change(database, ["people", "scans", "until"], (people, scans, untils) => {
    people.clear();
    untils.clear();
    for (const one of sent) scans.delete(one.number);
  });
}

const dropOld = () => eachNamed(PREFIX, STORES, forget);

async function openStore(gathering) {
  const database = await open(PREFIX + gathering, STORES);
  await forget(database);
  return {
    people: async () => new Map((await all(database, "people")).map((one) => [one.code, one])),
    scans: () => all(database, "scans"),
    addScan: (scan) => change(database, ["scans"], (scans) => scans.add(scan)),
    // From now on they go at midnight.
    mark: (scans) => change(database, ["scans", "until"], (kept, until) => {
      for (const scan of scans) kept.put(scan);
      until.put(midnight(), 0);
    }),
    keepPeople: (listed) => change(database, ["people", "until"], (people, until) => {
      people.clear();
      for (const { name, kind, code } of listed) people.put({ name, kind, code });
      until.put(midnight(), 0);
    }),
  };
}

const door = document.querySelector("[data-door]");
const words = door.querySelector("[data-words]").dataset;
const find = (name) => door.querySelector(`[data-${name}]`);
let people = new Map();
let store = null;
let isSending = false;

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function codeIn(text) {
  const code = text.toUpperCase().replace(/[\s-]/g, "");
  return CODE.test(code) ? code : null;
}

function nameOf(code, otherwise) {
  return people.has(code) ? people.get(code).name : otherwise;
}

// The token of staff runs out after ten minutes; the sign-in lasts longer.
async function ask(address, options = {}) {
  const headers = { Accept: "application/json", "Content-Type": "application/json" };
  const answer = await fetch(address, { ...options, headers });
  if (answer.status !== 401) return answer;
  const renewed = await fetch(door.dataset.renew, { headers });
  find("signed-out").hidden = renewed.ok;
  return renewed.ok ? fetch(address, { ...options, headers }) : answer;
}

async function loadPeople() {
  try {
    const answer = await ask(door.dataset.list);
    if (answer.ok) await store.keepPeople((await answer.json()).items);
  } catch (error) {
    // There is no line: what was kept before is used.
  }
  people = await store.people();
  find("kept").textContent = `${people.size} ${words.kept}`;
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
  const waiting = (await store.scans()).filter((one) => one.state === "waiting");
  for (let at = 0; at < waiting.length; at += AT_ONCE) {
    const part = waiting.slice(at, at + AT_ONCE);
    const scans = part.map(({ code, scanned_at }) => ({ code, scanned_at }));
    const body = JSON.stringify({ sent_at: new Date().toISOString(), scans });
    const answer = await ask(door.dataset.scans, { method: "POST", body });
    if (!answer.ok) return;
    const { items } = await answer.json();
    await store.mark(part.map((one, number) => ({ ...one, state: items[number].result })));
  }
}

async function take(code) {
  await store.addScan({ code, scanned_at: new Date().toISOString(), state: "waiting" });
  find("told").textContent = `${nameOf(code, words.unknownName)}: ${words.taken}`;
  await show();
  await send();
}

function row(template, texts) {
  const made = find(template).content.firstElementChild.cloneNode(true);
  for (const [name, text] of Object.entries(texts)) {
    made.querySelector(`[data-${name}]`).textContent = text;
  }
  return made;
}

async function show() {
  const scans = await store.scans();
  const waiting = scans.filter((one) => one.state === "waiting").length;
  find("queue").hidden = false;
  find("waiting").hidden = waiting === 0;
  find("waiting").textContent = `${waiting} ${words.waits}`;
  const rows = scans.reverse().slice(0, ROWS_MAX).map((one) => row("row", {
    name: nameOf(one.code, one.code),
    time: new Date(one.scanned_at).toLocaleTimeString(LANGUAGE, { timeStyle: "short" }),
    state: words[one.state],
  }));
  find("rows").replaceChildren(...rows);
}

// The page that is kept has nothing of a search: then it is done here.
function searchHere(typed) {
  const begins = plain(typed).split(/\s+/).filter(Boolean);
  const isNamed = ({ name }) => {
    const parts = plain(name).split(/[^\p{L}\p{N}]+/u);
    return begins.every((begin) => parts.some((part) => part.startsWith(begin)));
  };
  const code = codeIn(typed);
  const found = people.has(code) ? [people.get(code)] : [...people.values()].filter(isNamed);
  find("found").replaceChildren(...found.slice(0, FOUND_MAX).map(hit));
  find("nobody").hidden = found.length > 0;
  door.querySelector("[name=q]").value = typed;
}

function hit({ code, name, kind }) {
  const made = row("hit", { name, kind: words[kind] || kind });
  made.querySelector("button").addEventListener("click", () => take(code));
  return made;
}

async function read(video) {
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  let last = "";
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    const [found] = await detector.detect(video).catch(() => []);
    const code = found && codeIn(found.rawValue.split("#").pop());
    if (code && code !== last) await take(code);
    last = code || last;
  }
}

function offerCamera() {
  const button = find("camera");
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const video = find("video");
    try {
      video.srcObject = await navigator.mediaDevices.getUserMedia(BEHIND);
    } catch (error) {
      return; // they said no, or there is no camera: typing works
    }
    [button.hidden, video.hidden] = [true, false];
    await video.play();
    await read(video);
  });
}

function followForms() {
  find("code-form").addEventListener("submit", async (event) => {
    const box = event.target.elements.code;
    const code = codeIn(box.value);
    if (!code) return; // the server says what is wrong with it
    event.preventDefault();
    [box.value] = [""];
    box.focus();
    await take(code);
  });
}

async function begin() {
  await dropOld();
  store = await openStore(door.dataset.door);
  if ("serviceWorker" in navigator) {
    const { page, worker } = door.dataset;
    const asked = new URLSearchParams({ page, files: FILES.join() });
    await navigator.serviceWorker.register(`${worker}?${asked}`, { scope: page });
  }
  people = await store.people();
  followForms();
  offerCamera();
  await show();
  await send();
  await loadPeople();
  await show();
  const typed = new URLSearchParams(location.search).get("q") || "";
  if (typed !== door.dataset.q) searchHere(typed);
  window.addEventListener("online", send);
  setInterval(send, SEND_AGAIN_MS);
  setTimeout(() => location.reload(), new Date().setHours(24, 0, 0, 0) - Date.now());
}

// A browser may refuse to keep anything: then the forms work as they do without scripts.
begin().catch(() => {});
