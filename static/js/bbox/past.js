/* The undo history outlives the page: it is kept on this device, beside the copy of the draft, until the
   answer is sent. Boxes that "nothing here" set aside are in it too. */

import { createCopies } from "../copies.js";

const DELAY = 250; // milliseconds after the last change
const MOST = 400_000; // characters kept for one item; of a longer past the oldest steps are left out

const cost = (state, seen) => state.regions.reduce((sum, region) => sum + (seen.has(region) ? 4 : 90), 20);

/** The newest steps that fit, as text-to-be in which each region stands once. */
export function pack({ states, at }, most = MOST) {
  const seen = new Map(); // region → its number
  let from = states.length;
  for (let room = most; from > 0 && room > 0; from -= 1) {
    room -= cost(states[from - 1], seen);
    if (room < 0) break;
    for (const region of states[from - 1].regions) if (!seen.has(region)) seen.set(region, seen.size);
  }
  if (from > at) return null; // not even the present fits
  const kept = states.slice(from).map(({ regions, verdict }) => [verdict, regions.map((region) => seen.get(region))]);
  return { regions: [...seen.keys()], states: kept, at: at - from };
}

/** What `pack` made, as {states, at} again; null when it is nothing of the kind. */
export function unpack(packed) {
  if (!Array.isArray(packed?.regions) || !Array.isArray(packed.states)) return null;
  const states = packed.states.map(([verdict, numbers]) => ({
    regions: numbers.map((number) => packed.regions[number]),
    verdict,
  }));
  return states[packed.at] ? { states, at: packed.at } : null;
}

/** Takes up the past of `key`, and keeps it from now until `signal` aborts or the answer is sent. */
export function keepPast(desk, form, signal, storage = () => globalThis.localStorage) {
  const key = `${form.dataset.copy}:past`;
  const copies = openCopies(storage);
  const { model } = desk;
  const past = unpack(copies?.get(key)?.past);
  if (past) model.adopt(past);
  let timer = 0;
  let last = model.past.states;
  let at = model.past.at;

  function keep() {
    clearTimeout(timer);
    timer = 0;
    const packed = pack(model.past);
    if (packed) copies?.put(key, { past: packed });
    else copies?.drop(key);
  }

  function later() {
    if (model.past.states === last && model.past.at === at) return;
    ({ states: last, at } = model.past);
    clearTimeout(timer);
    timer = setTimeout(keep, DELAY);
  }

  const flush = () => timer && keep();
  const sent = (event) => {
    if (event.target !== form || event.detail.ctx.response.status >= 400) return;
    clearTimeout(timer);
    timer = 0;
    copies?.drop(key);
  };
  desk.watch(later);
  window.addEventListener("pagehide", flush, { signal });
  document.addEventListener("visibilitychange", flush, { signal });
  document.addEventListener("htmx:after:request", sent, { signal });
  signal.addEventListener("abort", flush);
}

function openCopies(storage) {
  try {
    return createCopies(storage(), Date.now);
  } catch (error) {
    if (error instanceof DOMException) return null; // forbidden
    throw error;
  }
}
