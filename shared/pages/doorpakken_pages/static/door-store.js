// What a phone keeps for a door, a database for each gathering: names, kinds and codes until
// midnight, and scans; those that were not sent yet stay longer.

import { all, change, eachNamed, midnight, open } from "./phone-store.js";

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

export const dropOld = () => eachNamed(PREFIX, STORES, forget);

export async function openStore(gathering) {
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
