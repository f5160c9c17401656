// The phone's own database, as what works without a line uses it: what holds names of people goes at
// midnight, what was not sent yet stays.

export const midnight = () => new Date().setHours(24, 0, 0, 0);

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

const committed = (transaction) => new Promise((resolve, reject) => {
  transaction.oncomplete = resolve;
  transaction.onerror = transaction.onabort = () => reject(transaction.error);
});

// `stores` are the options of each store by its name.
export async function open(name, stores) {
  const asked = indexedDB.open(name, 1);
  asked.onupgradeneeded = () => {
    for (const [one, options] of Object.entries(stores)) {
      asked.result.createObjectStore(one, options);
    }
  };
  return done(asked);
}

export function change(database, names, work) {
  const transaction = database.transaction(names, "readwrite");
  work(...names.map((name) => transaction.objectStore(name)));
  return committed(transaction);
}

export const all = (database, name) => done(database.transaction(name).objectStore(name).getAll());

// Those of other pages as well, which nobody opens any more.
export async function eachNamed(prefix, stores, work) {
  const known = indexedDB.databases ? await indexedDB.databases() : [];
  for (const { name } of known.filter((one) => one.name.startsWith(prefix))) {
    const database = await open(name, stores);
    await work(database);
    database.close();
  }
}
