import assert from "node:assert/strict";
import { test } from "node:test";

import { createBreaks, createClock, minutesAndSeconds } from "../../static/js/clock.js";

function run(clock, from, seconds, inSight = true) {
  for (let second = 1; second <= seconds; second += 1) clock.tick(from + second * 1000, inSight);
  return from + seconds * 1000;
}

test("a minute of work counts, an hour of nothing does not", () => {
  const clock = createClock(0);
  const at = run(clock, 0, 30);
  clock.touch(at);
  run(clock, at, 3600);

  assert.equal(clock.seconds, 90);
});

test("a page out of sight does not count", () => {
  const clock = createClock(0);
  run(clock, 0, 20, false);

  assert.equal(clock.seconds, 0);
});

test("a machine that slept, or a clock that jumps back, adds nothing", () => {
  const clock = createClock(0);
  clock.tick(1000, true);
  clock.touch(9_000_000);
  clock.tick(9_000_000, true);
  clock.touch(500);
  clock.tick(500, true);

  assert.equal(clock.seconds, 1);
});

test("seconds are shown as minutes and seconds", () => {
  assert.equal(minutesAndSeconds(62), "01:02");
  assert.equal(minutesAndSeconds(6000), "100:00");
});

test("a reload counts on, and a clock that goes back takes nothing away", () => {
  const clock = createClock(10_000, 42);
  clock.touch(10_000);
  clock.tick(5_000, true);
  assert.equal(clock.seconds, 42);
  clock.tick(6_000, true);
  assert.equal(clock.seconds, 43);
});

test("a break is due after 25 minutes of work, and again after 25 more", () => {
  const breaks = createBreaks(undefined, 0);
  const due = [];
  for (let second = 1; second <= 3100; second += 1) if (breaks.add(1, second * 1000)) due.push(second);

  assert.deepEqual(due, [1500, 3000]);
});

test("work goes on over pages, a rest of five minutes begins anew", () => {
  const state = { worked: 1499, at: 1_000_000 };

  assert.equal(createBreaks(state, 1_010_000).add(1, 1_011_000), true);
  assert.equal(createBreaks(state, 1_300_000).add(1, 1_301_000), false);
  const breaks = createBreaks(state, 1_010_000);
  assert.equal(breaks.add(0, 1_200_000), false);
  assert.equal(breaks.add(1, 1_400_000), false);
  assert.equal(createBreaks({ worked: 1499, at: 9_000_000 }, 1_000_000).add(1, 1_001_000), false);
});
