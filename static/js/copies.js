/* Copies of drafts on this device, for when the server cannot have them. */

import { attempt } from "./storage.js";

const PREFIX = "labelkit:draft:";
const KEEP_DAYS = 30;

/** Storage that may be full, forbidden or absent: every verb says whether it worked. */
export function createCopies(storage, now) {
  const done = (action) => attempt(() => (action(), true), false);
  const read = (key) => JSON.parse(storage.getItem(key) ?? "null");
  const isOld = (key) => attempt(() => now() - read(key).at > KEEP_DAYS * 86_400_000, true); // or no copy at all
  return {
    put: (key, copy) => done(() => storage.setItem(PREFIX + key, JSON.stringify({ ...copy, at: now() }))),
    get: (key) => attempt(() => read(PREFIX + key), null),
    drop: (key) => done(() => storage.removeItem(PREFIX + key)),
    dropOld: () =>
      done(() => {
        const keys = Object.keys(storage).filter((key) => key.startsWith(PREFIX));
        for (const key of keys) if (isOld(key)) storage.removeItem(key);
      }),
  };
}
