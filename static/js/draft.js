/* The draft protocol. Every change is in the device's storage at once and on the server within half a
   second: PUT {revision, annotation} → 200 {revision}, or 409 with the server's newer draft. What is
   shown is always true: "saved" only after the server said so. */

import { isSame } from "./annotation.js";
import { createCopies } from "./copies.js";
import { openStorage } from "./storage.js";

const DELAY = 300; // milliseconds from a change to its PUT; later changes join, they do not postpone it
const PATIENCE = 8000; // milliseconds after which a PUT counts as lost
const MOST_KEPT_ALIVE = 60_000; // characters that a browser still sends while the page goes away
const RETRY = [1000, 2000, 4000, 8000, 15000];

/** Keeps one answer safe. `shown` is what the page shows, `saved` what the server holds at `revision`
    (null: something else); `key` names the copy on this device; `show(state, detail)` hears saving, saved,
    offline, failed, conflict, refused, signed_out; `restore(annotation)` gets an answer to be shown. */
export function createDraft({ url, key, revision, shown, saved, show, restore, ...world }) {
  const { fetch = globalThis.fetch.bind(globalThis), storage = openStorage(), now = Date.now } = world;
  const copies = createCopies(storage, now);
  let current = shown;
  let tried = null; // what was sent last without an answer: the server may hold it
  let conflict = null; // the server's {revision, annotation} until the person has chosen
  let timer = 0;
  let sending = null; // the promise of the PUT under way
  let given = null; // its AbortController
  let failures = 0;
  let paused = false;
  let copied = true; // does this device hold what is on the page?

  const keep = () => (copied = copies.put(key, { revision, annotation: current }));

  function later(delay) {
    clearTimeout(timer);
    timer = setTimeout(send, delay);
  }

  function fail(state) {
    show(state, { copied });
    later(RETRY[Math.min(failures, RETRY.length - 1)]);
    failures += 1;
    return false;
  }

  function confirm(newRevision, annotation) {
    revision = newRevision;
    saved = annotation;
    failures = 0;
    return true;
  }

  function meet(theirs, mine) {
    if (theirs.annotation === undefined) return stopFor("refused", theirs); // it was sent or judged: there is no draft any more
    const isOurs = [mine, tried, saved].some((annotation) => isSame(theirs.annotation, annotation));
    if (isOurs) return confirm(theirs.revision, theirs.annotation); // a PUT whose answer got lost
    conflict = theirs;
    show("conflict", { copied });
    return false;
  }

  function stopFor(state, detail) {
    show(state, { copied, ...detail });
    return false;
  }

  /** One PUT; true when the server holds `annotation` or its revision is known again. */
  async function put(annotation) {
    const body = JSON.stringify({ revision, annotation });
    given = new AbortController();
    const impatience = setTimeout(() => given.abort(), PATIENCE);
    const headers = { "Content-Type": "application/json", Accept: "application/json" };
    const { signal } = given;
    const keepalive = body.length < MOST_KEPT_ALIVE;
    const options = { method: "PUT", headers, body, redirect: "manual", signal, keepalive };
    try {
      const response = await fetch(url, options);
      if (response.ok) return confirm((await response.json()).revision, annotation);
      if (response.status === 409) {
        const theirs = await response.json();
        return theirs.revision === undefined ? stopFor("refused", theirs) : meet(theirs, annotation);
      }
      if (response.type === "opaqueredirect" || response.status === 401) return stopFor("signed_out");
      if (response.status >= 500) return fail("failed");
      return stopFor("refused", await response.json());
    } catch (error) {
      tried = annotation;
      if (error instanceof TypeError || error.name === "AbortError") return fail("offline");
      if (error instanceof SyntaxError) return fail("failed"); // an answer that is not JSON
      throw error;
    } finally {
      clearTimeout(impatience);
    }
  }

  async function sendAll() {
    while (!paused && !isSame(current, saved)) {
      show("saving");
      if (!(await put(current))) return;
    }
    if (!isSame(current, saved)) return;
    copies.drop(key);
    show("saved");
  }

  function send() {
    clearTimeout(timer);
    timer = 0;
    if (!conflict && !paused) sending ??= sendAll().finally(() => (sending = null));
    return sending;
  }

  /** An answer that this device kept and the server does not hold goes before the server's. */
  function recover() {
    copies.dropOld();
    const copy = copies.get(key);
    if (copy && !isSame(copy.annotation, saved)) {
      if (copy.revision !== revision) [revision, saved] = [copy.revision, null]; // made on an older draft
      if (!isSame(copy.annotation, shown)) restore((current = copy.annotation));
    }
    if (!isSame(current, saved)) later(0);
  }

  recover();
  return {
    get revision() {
      return revision;
    },
    get isSending() {
      return sending !== null;
    },
    /** Does this device hold what is on the page? */
    get isCopied() {
      return copied;
    },
    /** Is there something that neither the server nor this device holds? */
    get isAtRisk() {
      return !copied && !isSame(current, saved);
    },
    /** The answer on the page is now this one. */
    change(annotation) {
      current = annotation;
      keep();
      if (conflict) return;
      show("saving");
      if (!timer || failures) later(DELAY);
    },
    /** Send what waits, now: the connection is back, or the page is about to go. */
    flush: () => (timer || failures) && send(),
    /** Before a submit, which carries the newest answer itself: no PUT may follow or overtake it. */
    async settle(patience = 3000) {
      paused = true;
      clearTimeout(timer);
      keep();
      const impatience = setTimeout(() => given?.abort(), patience);
      await sending;
      clearTimeout(impatience);
      clearTimeout(timer);
    },
    /** The submit did not arrive: go on saving. */
    resume() {
      paused = false;
      later(0);
    },
    /** The submit arrived: the copy on this device is no longer needed. */
    forget: () => copies.drop(key),
    /** After a conflict: keep the answer on this page, or take the server's. */
    choose(mine) {
      const theirs = conflict;
      conflict = null;
      confirm(theirs.revision, theirs.annotation);
      if (!mine) restore((current = theirs.annotation));
      send();
    },
    stop() {
      paused = true;
      clearTimeout(timer);
    },
  };
}
