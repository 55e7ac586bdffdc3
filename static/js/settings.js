/* What a person likes on this device: own keys, reminders, what was read of a guide. It stays on the device,
   because keys belong to its keyboard; several people at one device have theirs each. */

import { attempt, openStorage } from "./storage.js";

const nameOf = (person) => `labelkit:settings:${person}`;

/** The settings of a person: `get(name, fallback)`, and `set(name, value)`, where undefined forgets. */
export function createSettings(person, storage = openStorage()) {
  const read = () => attempt(() => JSON.parse(storage.getItem(nameOf(person))), null) ?? {};
  return {
    get: (name, fallback) => read()[name] ?? fallback,
    set(name, value) {
      const all = { ...read(), [name]: value };
      if (value === undefined) delete all[name];
      const isEmpty = Object.keys(all).length === 0;
      const keep = () => storage.setItem(nameOf(person), JSON.stringify(all));
      attempt(() => (isEmpty ? storage.removeItem(nameOf(person)) : keep()));
    },
  };
}

/** The settings of whoever is signed in on this page. */
export const mySettings = () => createSettings(globalThis.document?.body?.dataset.person ?? "nobody");
