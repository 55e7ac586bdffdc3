import assert from "node:assert/strict";
import { test } from "node:test";

import { createHistory } from "../../static/js/history.js";

test("undo and redo walk the states", () => {
  const history = createHistory("a");
  history.push("b");
  history.push("c");

  assert.ok(history.undo() && history.undo());
  assert.equal(history.present, "a");
  assert.equal(history.undo(), false);
  assert.ok(history.redo());
  assert.equal(history.present, "b");
});

test("a new state after undo forgets what was undone", () => {
  const history = createHistory("a");
  history.push("b");
  history.undo();
  history.push("c");

  assert.equal(history.canRedo, false);
  assert.ok(history.undo());
  assert.equal(history.present, "a");
});

test("steps of one kind in quick succession are undone as one", () => {
  let time = 0;
  const history = createHistory("a", () => time);
  for (const state of ["b", "c", "d"]) {
    time += 100;
    history.push(state, "move r1");
  }
  time += 5000;
  history.push("e", "move r1");

  history.undo();
  assert.equal(history.present, "d");
  history.undo();
  assert.equal(history.present, "a");
});

test("steps of different kinds stay apart, and so do steps after an undo", () => {
  const history = createHistory("a", () => 0);
  history.push("b", "move r1");
  history.push("c", "move r2");
  history.undo();
  assert.equal(history.present, "b");
  history.push("d", "move r1");
  history.undo();
  assert.equal(history.present, "b");
});

test("ten thousand steps can all be undone", () => {
  const history = createHistory(0);
  for (let step = 1; step <= 10_000; step += 1) history.push(step);
  while (history.undo());
  assert.equal(history.present, 0);
});
