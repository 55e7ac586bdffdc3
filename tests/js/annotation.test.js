import assert from "node:assert/strict";
import { test } from "node:test";

import {
  fromBoxState,
  fromLabelState,
  isDecided,
  isSame,
  publish,
  readAnnotation,
  replace,
  tell,
  toBoxState,
  toLabelState,
} from "../../static/js/annotation.js";

const BOXES = { regions: [{ label: "car", box: [1, 2, 3, 4], flags: ["occluded"] }, { label: "bus", box: [5, 6, 7, 8] }] };

class Field extends EventTarget {
  value = "";
}

test("an answer of boxes survives the editor's state; ids stay on the page", () => {
  assert.deepEqual(toBoxState(BOXES).regions.map(({ id }) => id), ["r1", "r2"]);
  assert.deepEqual(fromBoxState(toBoxState(BOXES)), BOXES);
});

test("a deliberate answer is the whole answer", () => {
  const state = { ...toBoxState(BOXES), verdict: "nothing" };

  assert.deepEqual(fromBoxState(state), { nothing: true });
  assert.deepEqual(fromLabelState({ labels: ["a"], verdict: "unusable" }), { unusable: true });
});

test("labels survive the editor's state", () => {
  assert.deepEqual(fromLabelState(toLabelState({ labels: ["refund"] })), { labels: ["refund"] });
});

test("an empty list decides nothing; a box, a label or a deliberate answer does", () => {
  for (const open of [{ regions: [] }, { labels: [] }, {}]) assert.equal(isDecided(open), false);
  for (const told of [BOXES, { labels: ["a"] }, { nothing: true }, { unusable: true }]) assert.equal(isDecided(told), true);
});

test("what is no JSON object falls back", () => {
  for (const text of ["", "null", "[1]", "{", "7"]) assert.deepEqual(readAnnotation(text, { regions: [] }), { regions: [] });
});

test("equal answers are equal whatever the order of their keys, and with or without empty flags", () => {
  const one = { regions: [{ label: "car", box: [1, 2, 3, 4] }] };

  assert.ok(isSame(one, { regions: [{ box: [1, 2, 3, 4], flags: [], label: "car" }] }));
  assert.ok(!isSame(one, { regions: [{ label: "car", box: [1, 2, 3, 5] }] }));
  assert.ok(!isSame(one, null));
});

test("an editor tells the page through its field", () => {
  const field = new Field();
  const heard = [];
  field.addEventListener("annotation:change", () => heard.push(`change ${field.value}`));
  field.addEventListener("annotation:replace", () => heard.push(`replace ${field.value}`));

  publish(field, { nothing: true });
  replace(field, { labels: [] });

  assert.deepEqual(heard, ['change {"nothing":true}', 'replace {"labels":[]}']);
});

test("sentences get their values, and an unknown placeholder stays", () => {
  const root = new EventTarget();
  let said;
  root.addEventListener("editor:tell", ({ detail }) => (said = detail));

  tell(root, "{n} objects, {what}", { n: 0 }, true);

  assert.deepEqual(said, { text: "0 objects, {what}", shown: true });
});
