import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { createDraft } from "../../static/js/draft.js";

const EMPTY = { regions: [] };
const ONE = { regions: [{ label: "car", box: [1, 2, 3, 4] }] };
const TWO = { nothing: true };
const KEY = "labelkit:draft:7";

const answer = (status, body, more = {}) => ({ status, ok: status < 300, type: "basic", json: async () => body, ...more });
const settle = async () => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

async function pass(milliseconds) {
  mock.timers.tick(milliseconds);
  await settle();
}

class Storage {
  setItem(key, value) {
    this[key] = value;
  }
  getItem(key) {
    return this[key] ?? null;
  }
  removeItem(key) {
    delete this[key];
  }
}

/** A draft before a server that keeps revisions as ours does; `server.answer` overrides its answers. */
function makeDraft({ storage = new Storage(), revision = 0, shown = EMPTY, saved = EMPTY } = {}) {
  const server = { revision, annotation: saved, bodies: [], answer: null };
  const seen = { states: [], details: [], restored: [] };
  async function fetch(url, { body, signal }) {
    const { revision: theirs, annotation } = JSON.parse(body);
    server.bodies.push({ revision: theirs, annotation });
    if (server.answer) return server.answer({ annotation, signal });
    if (theirs !== server.revision) return answer(409, { revision: server.revision, annotation: server.annotation });
    server.revision += 1;
    server.annotation = annotation;
    return answer(200, { revision: server.revision });
  }
  const draft = createDraft({
    url: "/draft",
    key: "7",
    revision,
    shown,
    saved,
    storage,
    fetch,
    now: () => 1_000_000,
    show: (state, detail) => seen.states.push(state) && seen.details.push(detail),
    restore: (annotation) => seen.restored.push(annotation),
  });
  return { draft, server, seen, storage };
}

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
});

test("a change is on this device at once and on the server within half a second", async () => {
  const { draft, server, seen, storage } = makeDraft();
  draft.change(ONE);
  assert.deepEqual(JSON.parse(storage[KEY]).annotation, ONE);
  assert.equal(server.bodies.length, 0);

  await pass(500);

  assert.deepEqual(server.annotation, ONE);
  assert.equal(draft.revision, 1);
  assert.equal(seen.states.at(-1), "saved");
  assert.equal(storage[KEY], undefined);
});

test("changes in a row join one PUT, which they do not postpone", async () => {
  const { draft, server } = makeDraft();
  draft.change(ONE);
  await pass(200);
  draft.change(TWO);
  await pass(200);

  assert.deepEqual(server.bodies, [{ revision: 0, annotation: TWO }]);
});

test("a change during a PUT is sent after it, on its revision", async () => {
  const { draft, server, seen } = makeDraft();
  let release;
  server.answer = () => new Promise((resolve) => (release = () => resolve(answer(200, { revision: 1 }))));
  draft.change(ONE);
  await pass(300);
  draft.change(TWO);
  await pass(300);
  assert.equal(server.bodies.length, 1);
  server.answer = null;
  server.revision = 1;
  release();
  await settle();

  assert.deepEqual(server.bodies.at(-1), { revision: 1, annotation: TWO });
  assert.equal(seen.states.at(-1), "saved");
});

test("where nothing is drafted any more, the answer stays on this device and the sentence is told", async () => {
  const { draft, server, seen, storage } = makeDraft();
  server.answer = () => answer(409, { error: "This submission has already been judged." });
  draft.change(ONE);
  await pass(300);

  assert.equal(seen.states.at(-1), "refused");
  assert.deepEqual(seen.details.at(-1), { copied: true, error: "This submission has already been judged." });
  assert.deepEqual(JSON.parse(storage[KEY]).annotation, ONE);
});

test("saved is never said before the server said so", async () => {
  const { draft, server, seen } = makeDraft();
  server.answer = () => Promise.reject(new TypeError("Failed to fetch"));
  draft.change(ONE);
  await pass(300);

  assert.deepEqual(seen.states, ["saving", "saving", "offline"]);
});

test("offline it tries again, longer and longer, until it is through", async () => {
  const { draft, server, seen } = makeDraft();
  server.answer = () => Promise.reject(new TypeError("Failed to fetch"));
  draft.change(ONE);
  await pass(300);
  await pass(1000);
  await pass(2000);
  assert.equal(server.bodies.length, 3);
  server.answer = null;
  await pass(4000);

  assert.deepEqual(server.annotation, ONE);
  assert.equal(seen.states.at(-1), "saved");
});

test("when the connection is back, it does not wait for its turn", async () => {
  const { draft, server } = makeDraft();
  server.answer = () => Promise.reject(new TypeError("Failed to fetch"));
  draft.change(ONE);
  await pass(300);
  server.answer = null;
  draft.flush();
  await settle();

  assert.deepEqual(server.annotation, ONE);
});

test("a server that fails is not taken for a missing connection, and is asked again", async () => {
  const { draft, server, seen } = makeDraft();
  server.answer = async () => answer(500, {});
  draft.change(ONE);
  await pass(300);
  assert.equal(seen.states.at(-1), "failed");
  server.answer = null;
  await pass(1000);

  assert.equal(seen.states.at(-1), "saved");
});

test("a PUT that gets no answer is given up and repeated", async () => {
  const { draft, server, seen } = makeDraft();
  server.answer = ({ signal }) =>
    new Promise((_, reject) => signal.addEventListener("abort", () => reject(new DOMException("", "AbortError"))));
  draft.change(ONE);
  await pass(300);
  await pass(8000);
  assert.equal(seen.states.at(-1), "offline");
  server.answer = null;
  await pass(1000);

  assert.equal(seen.states.at(-1), "saved");
});

test("our own PUT whose answer got lost is no conflict", async () => {
  const { draft, server, seen } = makeDraft();
  server.answer = ({ annotation }) => {
    Object.assign(server, { revision: 1, annotation, answer: null });
    return Promise.reject(new TypeError("Connection lost"));
  };
  draft.change(ONE);
  await pass(300);
  draft.change(TWO);
  await pass(1000);

  assert.deepEqual(server.annotation, TWO);
  assert.ok(!seen.states.includes("conflict"));
});

test("a newer draft on the server is shown as a choice, and nothing is sent until it is made", async () => {
  const { draft, server, seen, storage } = makeDraft();
  Object.assign(server, { revision: 4, annotation: TWO });
  draft.change(ONE);
  await pass(300);
  assert.equal(seen.states.at(-1), "conflict");
  draft.change(ONE);
  await pass(60_000);

  assert.equal(server.bodies.length, 1);
  assert.deepEqual(server.annotation, TWO);
  assert.deepEqual(JSON.parse(storage[KEY]).annotation, ONE);
});

test("choosing mine writes it over the newer draft", async () => {
  const { draft, server, seen } = makeDraft();
  Object.assign(server, { revision: 4, annotation: TWO });
  draft.change(ONE);
  await pass(300);
  draft.choose(true);
  await settle();

  assert.deepEqual(server.annotation, ONE);
  assert.equal(draft.revision, 5);
  assert.equal(seen.states.at(-1), "saved");
});

test("choosing the newer draft shows it", async () => {
  const { draft, server, seen } = makeDraft();
  Object.assign(server, { revision: 4, annotation: TWO });
  draft.change(ONE);
  await pass(300);
  draft.choose(false);
  await settle();

  assert.deepEqual(seen.restored, [TWO]);
  assert.equal(draft.revision, 4);
  assert.equal(seen.states.at(-1), "saved");
});

test("a refusal is shown in the server's words and not repeated by itself", async () => {
  const { draft, server, seen } = makeDraft();
  server.answer = async () => answer(422, { error: "Box 1 lies wholly outside the picture." });
  draft.change(ONE);
  await pass(300);
  await pass(60_000);

  assert.equal(server.bodies.length, 1);
  assert.equal(seen.details.at(-1).error, "Box 1 lies wholly outside the picture.");
});

test("signed out is said, and the answer stays on this device", async () => {
  for (const gone of [answer(401, {}), answer(0, {}, { ok: false, type: "opaqueredirect" })]) {
    const { draft, server, seen, storage } = makeDraft();
    server.answer = async () => gone;
    draft.change(ONE);
    await pass(300);

    assert.equal(seen.states.at(-1), "signed_out");
    assert.deepEqual(JSON.parse(storage[KEY]).annotation, ONE);
  }
});

test("what this device kept goes before what the server sent", async () => {
  const storage = new Storage();
  storage[KEY] = JSON.stringify({ revision: 0, annotation: ONE, at: 999_999 });
  const { server, seen } = makeDraft({ storage });
  await pass(0);

  assert.deepEqual(seen.restored, [ONE]);
  assert.deepEqual(server.annotation, ONE);
});

test("a kept answer that is older than the server's draft becomes a choice", async () => {
  const storage = new Storage();
  storage[KEY] = JSON.stringify({ revision: 0, annotation: ONE, at: 999_999 });
  const { seen } = makeDraft({ storage, revision: 3, shown: TWO, saved: TWO });
  await pass(0);

  assert.equal(seen.states.at(-1), "conflict");
  assert.deepEqual(seen.restored, [ONE]);
});

test("an item that takes no drafts any more asks for no choice between answers", async () => {
  const { draft, server, seen } = makeDraft();
  server.answer = () => answer(409, { error: "The time to send this item again is over." });
  draft.change(ONE);
  await pass(300);

  assert.equal(seen.states.at(-1), "refused");
  assert.deepEqual(seen.restored, []);
});

test("an answer that was refused when sent is saved as the draft", async () => {
  const { server } = makeDraft({ shown: ONE, saved: null });
  await pass(0);

  assert.deepEqual(server.annotation, ONE);
});

test("copies of long ago are swept out, those of other items stay", () => {
  const storage = new Storage();
  storage["labelkit:draft:1"] = JSON.stringify({ at: 1_000_000 - 31 * 86_400_000 });
  storage["labelkit:draft:2"] = JSON.stringify({ at: 999_999 });
  storage.other = "kept";
  makeDraft({ storage });

  assert.deepEqual(Object.keys(storage).sort(), ["labelkit:draft:2", "other"]);
});

test("storage that is forbidden or full is said, and nothing else fails", async () => {
  const forbidden = {
    getItem: () => {
      throw new DOMException("", "SecurityError");
    },
    setItem: () => {
      throw new DOMException("", "QuotaExceededError");
    },
    removeItem: () => {},
  };
  const { draft, server, seen } = makeDraft({ storage: forbidden });
  server.answer = () => Promise.reject(new TypeError("Failed to fetch"));
  draft.change(ONE);
  await pass(300);

  assert.deepEqual(seen.details.at(-1), { copied: false });
  assert.ok(draft.isAtRisk);
  server.answer = null;
  await pass(1000);
  assert.ok(!draft.isAtRisk);
});

test("before a submit the PUT under way is awaited, and none follows", async () => {
  const { draft, server } = makeDraft();
  let release;
  server.answer = () => new Promise((resolve) => (release = () => resolve(answer(200, { revision: 1 }))));
  draft.change(ONE);
  await pass(300);
  const settled = draft.settle();
  draft.change(TWO);
  release();
  await settled;
  await pass(60_000);

  assert.equal(draft.revision, 1);
  assert.equal(server.bodies.length, 1);
});

test("a waiting PUT is replaced by the submit", async () => {
  const { draft, server, storage } = makeDraft();
  draft.change(ONE);
  await draft.settle();
  await pass(60_000);
  assert.equal(server.bodies.length, 0);
  assert.deepEqual(JSON.parse(storage[KEY]).annotation, ONE);

  draft.forget();
  assert.equal(storage[KEY], undefined);
});

test("a submit that did not arrive goes back to saving", async () => {
  const { draft, server } = makeDraft();
  draft.change(ONE);
  await draft.settle();
  draft.resume();
  await pass(0);

  assert.deepEqual(server.annotation, ONE);
});
