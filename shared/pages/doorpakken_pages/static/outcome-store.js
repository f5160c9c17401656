// What a phone keeps of the outcome of a session, a database for each: who is at the table until
// midnight, and what was written until it was sent.

import { all, change, eachNamed, midnight, open } from "./phone-store.js";

const PREFIX = "outcome:";
const STORES = {
  table: {},
  written: { keyPath: "number", autoIncrement: true },
  until: {},
};

async function forget(database) {
  const [until] = await all(database, "until");
  if (until === undefined || Date.now() < until) return;
  await change(database, ["table", "until"], (table, untils) => {
    table.clear();
    untils.clear();
  });
}

export const dropOld = () => eachNamed(PREFIX, STORES, forget);

export async function openStore(session) {
  const database = await open(PREFIX + session, STORES);
  await forget(database);
  return {
    table: async () => (await all(database, "table"))[0],
    keepTable: (parts) => change(database, ["table", "until"], (table, until) => {
      table.put(parts, 0);
      until.put(midnight(), 0);
    }),
    written: () => all(database, "written"),
    add: (one) => change(database, ["written"], (written) => written.add(one)),
    put: (one) => change(database, ["written"], (written) => written.put(one)),
    drop: (one) => change(database, ["written"], (written) => written.delete(one.number)),
  };
}
