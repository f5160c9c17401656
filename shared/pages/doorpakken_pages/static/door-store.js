// What a phone keeps for a door, a database for each gathering: names, kinds and codes until
// midnight, and scans; those that were not sent yet stay longer.

const PREFIX = "door:";

const midnight = () => new Date().setHours(24, 0, 0, 0);

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

const committed = (transaction) => new Promise((resolve, reject) => {
  transaction.oncomplete = resolve;
  transaction.onerror = transaction.onabort = () => reject(transaction.error);
});

async function open(name) {
  const asked = indexedDB.open(name, 1);
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore("people", { keyPath: "code" });
    asked.result.createObjectStore("scans", { keyPath: "number", autoIncrement: true });
    asked.result.createObjectStore("until");
  };
  return done(asked);
}

function change(database, names, work) {
  const transaction = database.transaction(names, "readwrite");
  work(...names.map((name) => transaction.objectStore(name)));
  return committed(transaction);
}

const all = (database, name) => done(database.transaction(name).objectStore(name).getAll());

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

// Those of other gatherings as well, whose page nobody opens any more.
export async function dropOld() {
  const known = indexedDB.databases ? await indexedDB.databases() : [];
  for (const { name } of known.filter((one) => one.name.startsWith(PREFIX))) {
    const database = await open(name);
    await forget(database);
    database.close();
  }
}

export async function openStore(gathering) {
  const database = await open(PREFIX + gathering);
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
