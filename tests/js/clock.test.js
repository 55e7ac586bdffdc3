import assert from "node:assert/strict";
import { test } from "node:test";

import { createClock, minutesAndSeconds } from "../../static/js/clock.js";

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
