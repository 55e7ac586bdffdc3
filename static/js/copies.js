/* Copies of drafts on this device, for when the server cannot have them. */

const PREFIX = "labelkit:draft:";
const KEEP_DAYS = 30;

/** Storage that may be full, forbidden or absent: every verb says whether it worked. */
export function createCopies(storage, now) {
  const attempt = (action) => {
    try {
      return action() ?? true;
    } catch (error) {
      if (error instanceof DOMException || error instanceof TypeError) return false;
      throw error;
    }
  };
  const read = (key) => JSON.parse(storage.getItem(key) ?? "null");
  const isOld = (copy) => now() - copy.at > KEEP_DAYS * 86_400_000;
  return {
    put: (key, copy) => attempt(() => storage.setItem(PREFIX + key, JSON.stringify({ ...copy, at: now() }))),
    get: (key) => attempt(() => read(PREFIX + key) ?? false) || null,
    drop: (key) => attempt(() => storage.removeItem(PREFIX + key)),
    dropOld: () =>
      attempt(() => {
        const keys = Object.keys(storage).filter((key) => key.startsWith(PREFIX));
        for (const key of keys) if (isOld(read(key))) storage.removeItem(key);
      }),
  };
}
