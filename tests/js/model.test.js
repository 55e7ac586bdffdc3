import assert from "node:assert/strict";
import { test } from "node:test";

import { createModel } from "../../static/js/bbox/model.js";

const LABELS = [{ key: "car" }, { key: "bus" }];
const BOX = [10, 20, 30, 40];

function makeModel(annotation = { regions: [] }, limit = 500) {
  const heard = [];
  const model = createModel({ annotation, labels: LABELS, limit, changed: (what) => heard.push(what), clock: () => 0 });
  return { model, heard };
}

test("a drawn box gets the current label and is selected", () => {
  const { model, heard } = makeModel();
  model.setLabel("bus");
  model.add(BOX);

  assert.deepEqual(model.annotation, { regions: [{ label: "bus", box: BOX }] });
  assert.equal(model.selected.label, "bus");
  assert.deepEqual(heard, ["view", "answer"]);
});

test("choosing a label renames the selected box and is kept for the next", () => {
  const { model } = makeModel({ regions: [{ label: "car", box: BOX }] });
  model.select("r1");
  model.setLabel("bus");
  model.select(null);
  model.add([1, 1, 5, 5]);

  assert.deepEqual(model.annotation.regions.map(({ label }) => label), ["bus", "bus"]);
});

test("selecting a box takes its label for the next one", () => {
  const { model } = makeModel({ regions: [{ label: "bus", box: BOX }] });
  model.select("r1");

  assert.equal(model.label, "bus");
});

test("undo brings a deleted box back, redo takes it away", () => {
  const { model } = makeModel({ regions: [{ label: "car", box: BOX }] });
  model.remove("r1");
  assert.deepEqual(model.annotation, { regions: [] });
  assert.ok(model.undo());
  assert.deepEqual(model.annotation.regions.length, 1);
  assert.ok(model.redo());
  assert.deepEqual(model.annotation.regions.length, 0);
  assert.equal(model.redo(), false);
});

test("undoing the box that is selected lets go of it", () => {
  const { model } = makeModel();
  model.add(BOX);
  model.undo();

  assert.equal(model.selected, null);
});

test("only the touched region is a new value", () => {
  const { model } = makeModel({ regions: [{ label: "car", box: BOX }, { label: "car", box: [0, 0, 5, 5] }] });
  const [first, second] = model.state.regions;
  model.setBox("r2", [1, 1, 5, 5]);

  assert.equal(model.state.regions[0], first);
  assert.notEqual(model.state.regions[1], second);
});

test("a row of nudges is one step back", () => {
  const { model } = makeModel({ regions: [{ label: "car", box: BOX }] });
  for (const x of [11, 12, 13]) model.setBox("r1", [x, 20, 30, 40], "move");
  model.undo();

  assert.deepEqual(model.state.regions[0].box, BOX);
});

test("nothing here is an answer that the same word takes back, boxes and all", () => {
  const { model } = makeModel({ regions: [{ label: "car", box: BOX }] });
  model.toggleVerdict("nothing");
  assert.deepEqual(model.annotation, { nothing: true });
  model.toggleVerdict("unusable");
  assert.deepEqual(model.annotation, { unusable: true });
  model.toggleVerdict("unusable");
  assert.equal(model.annotation.regions.length, 1);
});

test("drawing a box takes a deliberate answer back", () => {
  const { model } = makeModel({ nothing: true });
  model.add(BOX);

  assert.deepEqual(model.annotation, { regions: [{ label: "car", box: BOX }] });
});

test("the project's limit is kept", () => {
  const { model } = makeModel({ regions: [{ label: "car", box: BOX }] }, 1);

  assert.equal(model.add(BOX), false);
  assert.equal(model.annotation.regions.length, 1);
});

test("flags go on and off, and an empty list of them is not written", () => {
  const { model } = makeModel({ regions: [{ label: "car", box: BOX }] });
  model.toggleFlag("occluded", "r1");
  assert.deepEqual(model.annotation.regions[0].flags, ["occluded"]);
  model.toggleFlag("occluded", "r1");
  assert.equal(JSON.stringify(model.annotation), JSON.stringify({ regions: [{ label: "car", box: BOX }] }));
});

test("an answer from outside is a step that can be undone", () => {
  const { model } = makeModel({ regions: [{ label: "car", box: BOX }] });
  model.load({ unusable: true });
  assert.deepEqual(model.annotation, { unusable: true });
  model.undo();
  assert.equal(model.annotation.regions.length, 1);
});

test("walking the boxes ends at either end", () => {
  const { model } = makeModel({ regions: [{ label: "car", box: BOX }, { label: "bus", box: BOX }] });

  assert.ok(model.selectNext(1) && model.selectNext(1));
  assert.equal(model.selected.id, "r2");
  assert.equal(model.selectNext(1), false);
  assert.ok(model.selectNext(-1));
  assert.equal(model.selectNext(-1), false);
});

test("several regions come as one step, all or none", () => {
  const { model } = makeModel({ regions: [{ label: "car", box: BOX }] }, 3);
  const more = [{ label: "bus", box: BOX }, { label: "van", box: BOX }];

  assert.ok(model.addAll(more));
  assert.equal(model.selected.label, "van");
  assert.equal(model.addAll(more), false);
  assert.equal(model.state.regions.length, 3);
  model.undo();
  assert.equal(model.state.regions.length, 1);
});

test("a locked box is changed by nothing, and that is told", () => {
  const { model, heard } = makeModel({ regions: [{ label: "car", box: BOX }] });
  model.select("r1");
  assert.ok(model.toggleLocked());
  model.setBox("r1", [0, 0, 5, 5]);
  model.setLabel("bus");
  model.toggleFlag("occluded", "r1");
  model.remove("r1");

  assert.deepEqual(model.annotation.regions, [{ label: "car", box: BOX }]);
  assert.equal(heard.filter((what) => what === "locked").length, 4);
  assert.equal(model.toggleLocked(), false);
  assert.ok(model.setBox("r1", [0, 0, 5, 5]));
});

test("hiding is no part of the answer and no step to undo", () => {
  const { model } = makeModel({ regions: [{ label: "car", box: BOX }, { label: "bus", box: BOX }] });
  model.toggleHidden("r1");
  assert.deepEqual(model.shown.map(({ id }) => id), ["r2"]);
  assert.ok(model.toggleAllHidden());
  assert.equal(model.shown.length, 0);
  assert.equal(model.toggleAllHidden(), false);
  assert.equal(model.shown.length, 2);
  model.peek(true);
  assert.equal(model.shown.length, 0);
  model.peek(false);

  assert.equal(model.annotation.regions.length, 2);
  assert.equal(model.canUndo, false);
});

test("an earlier visit's steps are undone and redone here", () => {
  const before = makeModel().model;
  before.add(BOX);
  before.add([1, 1, 5, 5]);
  before.undo();
  const { model } = makeModel(before.annotation);
  model.adopt(before.past);

  assert.ok(model.canUndo && model.canRedo);
  model.redo();
  assert.equal(model.state.regions.length, 2);
  model.undo();
  model.undo();
  assert.deepEqual(model.annotation, { regions: [] });
});

test("where the answer is another than at the end of the earlier visit, its steps lie below", () => {
  const before = makeModel().model;
  before.add(BOX);
  const { model } = makeModel({ regions: [{ label: "bus", box: [9, 9, 9, 9] }] });
  model.adopt(before.past);
  model.add([2, 2, 2, 2]);

  assert.equal(new Set(model.state.regions.map(({ id }) => id)).size, 2);
  model.undo();
  model.undo();
  assert.deepEqual(model.annotation.regions, [{ label: "car", box: BOX }]);
});

test("an answer from outside that is the same is no step", () => {
  const { model, heard } = makeModel({ regions: [{ label: "car", box: BOX }] });
  model.load({ regions: [{ label: "car", box: [...BOX], flags: [] }] });

  assert.equal(model.canUndo, false);
  assert.deepEqual(heard, []);
});
