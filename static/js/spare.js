/* Modules that are wanted later. They are fetched as soon as the page has nothing else to do, so that they are
   there when the connection is not; one that did not come is asked for again when it is wanted. */

const whenIdle = globalThis.requestIdleCallback ?? setTimeout;

/** `load` imports the module; returns a function that gives it, or null while it cannot be had. */
export function spare(load, later = whenIdle) {
  let coming = null;
  async function fetchIt() {
    try {
      return await load();
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // anything but a lost connection
      coming = null;
      return null;
    }
  }
  const get = () => (coming ??= fetchIt());
  later(get);
  return get;
}
