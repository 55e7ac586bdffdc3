/* Whoever is at work on a page goes on holding what it shows: said at most once a minute. An island of its
   own on the workbench. */

const EVERY = 60_000;

export function holdWhileActive(address, signal) {
  let last = Date.now();
  function renew() {
    if (Date.now() - last < EVERY) return;
    last = Date.now();
    fetch(address, { method: "POST" }).catch(() => {}); // the verdict says it, should somebody else hold it now
  }
  for (const name of ["pointermove", "keydown", "wheel"]) document.addEventListener(name, renew, { signal, passive: true });
}

/** Mounted on an element with `data-hold`; returns its unmount. */
export function mount(root) {
  const stop = new AbortController();
  holdWhileActive(root.dataset.hold, stop.signal);
  return () => stop.abort();
}
