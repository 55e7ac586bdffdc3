import assert from "node:assert/strict";
import { test } from "node:test";

import { reading } from "../../static/js/runclock.js";

test("without a limit the clock counts up in whole seconds", () => {
  assert.deepEqual(reading(0), ["passed", 0]);
  assert.deepEqual(reading(61.9), ["passed", 61]);
});

test("with a limit it counts down, and shows the last second until it is over", () => {
  assert.deepEqual(reading(0, 600), ["left", 600]);
  assert.deepEqual(reading(599.2, 600), ["left", 1]);
  assert.deepEqual(reading(600, 600), ["left", 0]);
});

test("then it counts what is over", () => {
  assert.deepEqual(reading(600.5, 600), ["over", 0]);
  assert.deepEqual(reading(675, 600), ["over", 75]);
});
