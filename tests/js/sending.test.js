import assert from "node:assert/strict";
import { test } from "node:test";

import { keyFor } from "../../static/js/sending.js";

const [A, B, C] = ["car", "bus", "van"].map((label) => ({ labels: [label] }));
const now = () => 1000;

test("the first sending has the key that the page came with", () => {
  assert.equal(keyFor(null, { key: "page", annotation: A }, now), "page");
});

test("the same answer keeps its key, also over a reload", () => {
  const before = { key: "page", annotation: A };

  assert.equal(keyFor(before, { key: "page", annotation: A }, now), "page");
  assert.equal(keyFor(before, { key: "reloaded", annotation: A }, now), "page");
});

test("another answer is never sent under the key of one that may have arrived", () => {
  const before = { key: "page", annotation: A };

  const key = keyFor(before, { key: "page", annotation: B }, now);
  assert.notEqual(key, "page");
  assert.ok(key.length <= 64);
  assert.equal(keyFor(before, { key: "reloaded", annotation: B }, now), "reloaded");
  assert.notEqual(keyFor({ key, annotation: B }, { key: "page", annotation: C }, () => 2000), key);
});
