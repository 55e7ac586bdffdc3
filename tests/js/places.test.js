import assert from "node:assert/strict";
import { test } from "node:test";

import { arrowsOf, spread, ticksOf } from "../../static/js/compare/places.js";

const GOLD = [100, 100, 80, 60];
const SEEN = [0, 0, 400, 300];
const overlap = (a, b) => a[0] < b[0] + b[2] && b[0] < a[0] + a[2] && a[1] < b[1] + b[3] && b[1] < a[1] + a[3];

/** The arrows of my box against gold, at two screen pixels per picture pixel. */
const arrows = (mine, sides, options = {}) => arrowsOf({ mine, gold: GOLD, sides, scale: 2, seen: SEEN, ...options });

test("an arrow leads from gold's side to mine", () => {
  const [left] = arrows([80, 100, 100, 60], [["left", "+20 px"]]);

  assert.deepEqual([left.from, left.to], [[100, 130], [80, 130]]);
  assert.equal(left.text, "+20 px");
});

test("the arrow of a side that is cut points inwards", () => {
  const [bottom] = arrows([100, 100, 80, 40], [["bottom", "−20 px"]]);

  assert.deepEqual([bottom.from, bottom.to], [[140, 160], [140, 140]]);
});

test("an error of a pixel has an arrow that can be seen, with its head at my side", () => {
  const [right] = arrows([100, 100, 81, 60], [["right", "+1 px"]]);

  assert.deepEqual(right.to, [181, 130]);
  assert.equal((right.to[0] - right.from[0]) * 2, 18);
});

test("the pixels stand outside of both boxes", () => {
  const mine = [80, 80, 120, 100];
  const sides = [["left", "+20 px"], ["top", "+20 px"], ["right", "+20 px"], ["bottom", "+20 px"]];

  for (const { room } of arrows(mine, sides)) assert.ok(!overlap(room, mine), `${room} lies on ${mine}`);
});

test("the pixels stand inside where the picture ends", () => {
  const [left] = arrows([2, 100, 178, 60], [["left", "+98 px"]]);

  assert.ok(left.room[0] >= 0);
  assert.ok(left.at[0] > 2);
});

test("the pixels stand clear of a finding's number, and of each other", () => {
  const mine = [90, 95, 20, 16];
  const number = [84, 89, 12, 12];
  const sides = [["left", "+10 px"], ["top", "+5 px"], ["right", "−70 px"], ["bottom", "−49 px"]];
  const rooms = arrows(mine, sides, { taken: [number] }).map(({ room }) => room);

  for (const [index, room] of rooms.entries()) {
    for (const other of [number, ...rooms.slice(0, index)]) assert.ok(!overlap(room, other), `${room} lies on ${other}`);
  }
});

test("boxes that have no stretch in common have arrows all the same", () => {
  const [left, top] = arrows([300, 200, 50, 40], [["left", "−200 px"], ["top", "−100 px"]]);

  assert.deepEqual(left.to, [300, 220]);
  assert.deepEqual(top.to, [325, 200]);
});

test("a small mark stands on each side that lies off, and points where mine went", () => {
  const ticks = ticksOf({ mine: [90, 110, 110, 60], gold: GOLD, sides: [["left", "+10 px"], ["top", "−10 px"], ["right", "+20 px"]] });

  assert.deepEqual(ticks, [
    { side: "left", at: [90, 135], turn: 180 },
    { side: "top", at: [140, 110], turn: 90 },
    { side: "right", at: [200, 135], turn: 0 },
  ]);
});

test("numbers at one place stand side by side, and inside the picture", () => {
  const places = spread([[0, 0], [0, 0], [0, 0]], 1, [320, 240]);

  assert.deepEqual(places, [[12, 12], [36, 12], [60, 12]]);
});
