/* What this device can keep. It may be full, forbidden or absent: then nothing is kept, and nothing breaks. */

/** The browser's storage of that name; null where it is forbidden. */
export function openStorage(name = "localStorage") {
  try {
    return globalThis[name] ?? null;
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}

/** What `action` returns; `fallback` where the storage cannot do it. */
export function attempt(action, fallback) {
  try {
    return action();
  } catch (error) {
    if (error instanceof DOMException || error instanceof TypeError || error instanceof SyntaxError) return fallback;
    throw error;
  }
}
