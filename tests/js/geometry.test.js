import assert from "node:assert/strict";
import { test } from "node:test";

import {
  boxAround,
  boxBetween,
  boxInMiddle,
  contains,
  handleAt,
  handlePoints,
  iou,
  isDrawn,
  moveBox,
  nextRegionAt,
  regionsAt,
  resizeBox,
  tidyBox,
  tidyRegions,
} from "../../static/js/geometry.js";

const SIZE = [1280, 800];
const random = (seed) => () => ((seed = (seed * 1664525 + 1013904223) % 2 ** 32) / 2 ** 32);

test("a drag in any direction gives the same box", () => {
  const expected = [10, 20, 30, 40];
  for (const [a, b] of [[[10, 20], [40, 60]], [[40, 60], [10, 20]], [[10, 60], [40, 20]], [[40, 20], [10, 60]]]) {
    assert.deepEqual(boxBetween(a, b, SIZE), expected);
  }
});

test("a drag beyond the picture is clipped to it", () => {
  assert.deepEqual(boxBetween([-50, 700], [100, 900], SIZE), [0, 700, 100, 100]);
});

test("coordinates keep a hundredth of a pixel, and the far edge stays where it was drawn", () => {
  const [x, , w] = boxBetween([10.123, 0], [20.456, 10], SIZE);

  assert.equal(x, 10.12);
  assert.ok(Math.abs(x + w - 20.46) < 1e-9);
});

test("a box under one pixel is not drawn", () => {
  assert.equal(isDrawn([0, 0, 0.9, 50]), false);
  assert.equal(isDrawn([0, 0, 1, 1]), true);
});

test("moving stops at the border and keeps the size", () => {
  assert.deepEqual(moveBox([10, 10, 30, 40], [-25, 5], SIZE), [0, 15, 30, 40]);
  assert.deepEqual(moveBox([1240, 10, 30, 40], [25, 0], SIZE), [1250, 10, 30, 40]);
});

test("each handle moves its own sides only", () => {
  const box = [100, 100, 50, 60];
  const moved = { n: [100, 103, 50, 57], se: [100, 100, 55, 63], w: [105, 100, 45, 60], nw: [105, 103, 45, 57] };
  for (const [handle, expected] of Object.entries(moved)) assert.deepEqual(resizeBox(box, handle, [5, 3], SIZE), expected);
});

test("a side dragged through the other turns the box over", () => {
  assert.deepEqual(resizeBox([100, 100, 50, 60], "e", [-80, 0], SIZE), [70, 100, 30, 60]);
});

test("a resize never leaves less than one pixel, nor the picture", () => {
  const next = random(7);
  for (let round = 0; round < 2000; round += 1) {
    const box = boxBetween([next() * 1280, next() * 800], [next() * 1280, next() * 800], SIZE);
    if (!isDrawn(box)) continue;
    const [handle] = handlePoints(box)[Math.floor(next() * 8)];
    const [x, y, w, h] = resizeBox(box, handle, [next() * 3000 - 1500, next() * 3000 - 1500], SIZE);
    assert.ok(x >= 0 && y >= 0 && x + w <= 1280 + 1e-9 && y + h <= 800 + 1e-9 && w >= 0.99 && h >= 0.99);
  }
});

test("a side that collapses at the picture's border stays inside", () => {
  assert.deepEqual(resizeBox([1270, 0, 10, 10], "w", [500, 0], SIZE), [1279, 0, 1, 10]);
  assert.deepEqual(resizeBox([0, 0, 10, 10], "e", [-500, 0], SIZE), [0, 0, 1, 10]);
});

test("handles are taken hold of near the sides, and a small box keeps a middle to move it by", () => {
  const box = [100, 100, 200, 100];

  assert.equal(handleAt(box, [98, 103], 6), "nw");
  assert.equal(handleAt(box, [200, 205], 6), "s");
  assert.equal(handleAt(box, [200, 150], 6), "");
  assert.equal(handleAt(box, [310, 150], 6), "");
  assert.equal(handleAt([100, 100, 8, 8], [104, 104], 6), "");
  assert.equal(handleAt([100, 100, 8, 8], [107, 104], 6), "e");
});

test("regions under a point come smallest first, and repeated clicks go through them", () => {
  const regions = [
    { id: "big", box: [0, 0, 100, 100] },
    { id: "small", box: [40, 40, 10, 10] },
    { id: "far", box: [300, 300, 5, 5] },
  ];

  assert.deepEqual(regionsAt(regions, [45, 45]), ["small", "big"]);
  assert.equal(nextRegionAt(regions, [45, 45], null), "small");
  assert.equal(nextRegionAt(regions, [45, 45], "small"), "big");
  assert.equal(nextRegionAt(regions, [45, 45], "big"), "small");
  assert.equal(nextRegionAt(regions, [200, 200], "big"), null);
});

test("a new box for the keyboard stands in the middle of what is seen", () => {
  assert.deepEqual(boxInMiddle([100, 100, 200, 100], 0.2, SIZE), [180, 140, 40, 20]);
  assert.ok(contains([180, 140, 40, 20], [200, 150]));
});

test("four points on an object's extremes are its box, in any order, inside the picture", () => {
  const points = [[50, 10], [20, 40], [60, 90], [1300, 30]];

  assert.deepEqual(boxAround(points, SIZE), [20, 10, 1260, 80]);
  assert.deepEqual(boxAround([...points].reverse(), SIZE), [20, 10, 1260, 80]);
});

test("intersection over union is 1 for the same box and 0 for boxes that only touch", () => {
  assert.equal(iou([0, 0, 10, 10], [0, 0, 10, 10]), 1);
  assert.equal(iou([0, 0, 10, 10], [10, 0, 10, 10]), 0);
  assert.equal(iou([0, 0, 10, 10], [5, 0, 10, 10]), 50 / 150);
  assert.equal(iou([0, 0, 0, 0], [0, 0, 0, 0]), 0);
});

test("a box that is in order stays the value it is, to the last digit", () => {
  const box = [12.3456789, 0, 1267.6543211, 800];

  assert.equal(tidyBox(box, SIZE).box, box);
  assert.equal(tidyBox(box, SIZE).change, "");
});

test("a box from elsewhere is turned, clipped, brought in or thickened, and it is told which", () => {
  const cases = [
    [[40, 60, -30, -40], [10, 20, 30, 40], "turned"],
    [[-10, 700, 50, 300], [0, 700, 40, 100], "clipped"],
    [[2000, 100, 50, 60], [1230, 100, 50, 60], "moved"],
    [[-90, 100, 50, 60], [0, 100, 50, 60], "moved"],
    [[100, 100, 0, 60], [100, 100, 1, 60], "thickened"],
    [[1280, 100, 0, 60], [1279, 100, 1, 60], "moved"],
  ];
  for (const [given, box, change] of cases) assert.deepEqual(tidyBox(given, SIZE), { box, change }, String(given));
});

test("whatever numbers come, a box inside the picture comes out", () => {
  const next = random(11);
  for (let round = 0; round < 3000; round += 1) {
    const given = Array.from({ length: 4 }, () => next() * 6000 - 3000);
    const [x, y, w, h] = tidyBox(given, SIZE).box;
    assert.ok(x >= 0 && y >= 0 && x + w <= 1280 + 1e-6 && y + h <= 800 + 1e-6 && w >= 1 && h >= 1, String(given));
  }
});

test("what is no box is counted, and the others stay", () => {
  const good = { label: "car", box: [1, 2, 3, 4] };
  const bad = [{ label: "car", box: [1, 2, NaN, 4] }, { label: "car", box: [1, 2] }, { box: [1, 2, 3, 4] }, null];
  const { regions, changes } = tidyRegions([good, ...bad], SIZE);

  assert.deepEqual(regions, [good]);
  assert.deepEqual(changes, { unreadable: 4 });
});
