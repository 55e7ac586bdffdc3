/* Whoever is at work on a page goes on holding what it shows: said at most once a minute. */

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
