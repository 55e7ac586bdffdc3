import assert from "node:assert/strict";
import { test } from "node:test";

import { withLabel, withVerdict } from "../../static/js/classes.js";
import { letterChords } from "../../static/js/tasktypes/choice.js";

const NONE = { labels: [], verdict: null };

test("one label replaces another", () => {
  assert.deepEqual(withLabel({ labels: ["bus"], verdict: null }, "car", false), { labels: ["car"], verdict: null });
});

test("several labels go in and out of the set", () => {
  const both = withLabel(withLabel(NONE, "car", true), "bus", true);
  assert.deepEqual(both.labels, ["car", "bus"]);
  assert.deepEqual(withLabel(both, "car", true).labels, ["bus"]);
});

test("a label takes a deliberate answer back", () => {
  assert.deepEqual(withLabel({ labels: ["car"], verdict: "unusable" }, "car", true), { labels: ["car"], verdict: null });
});

test("a deliberate answer chosen again is taken back", () => {
  const unusable = withVerdict(NONE, "unusable");
  assert.equal(unusable.verdict, "unusable");
  assert.equal(withVerdict(unusable, "unusable").verdict, null);
});

test("a choice is also chosen by its letter, and by no other key", () => {
  assert.deepEqual(letterChords("b"), ["KeyB"]);
  assert.deepEqual([..."gu", "refund", "A"].flatMap(letterChords), []);
});
