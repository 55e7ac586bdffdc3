import assert from "node:assert/strict";
import { test } from "node:test";

import { doubtsOf } from "../../static/js/bbox/doubts.js";

const LABELS = ["car", "bus"];
const region = (id, box, label = "car") => ({ id, label, box });

test("of two boxes of one label that are nearly the same, the later names the earlier", () => {
  const doubts = doubtsOf([region("a", [10, 10, 100, 100]), region("b", [12, 10, 100, 100])], { labels: LABELS });

  assert.deepEqual([...doubts], [["b", [{ word: "near_same", n: 1 }]]]);
});

test("other labels, and boxes that only overlap, are no doubt", () => {
  const regions = [region("a", [0, 0, 100, 100]), region("b", [0, 0, 100, 100], "bus"), region("c", [30, 0, 100, 100])];

  assert.equal(doubtsOf(regions, { labels: LABELS }).size, 0);
});

test("a box under the project's smallest side is tiny, one of that side is not", () => {
  const doubts = doubtsOf([region("a", [0, 0, 7, 50]), region("b", [100, 0, 8, 8])], { minSide: 8, labels: LABELS });

  assert.deepEqual([...doubts], [["a", [{ word: "tiny", n: 8 }]]]);
});

test("a label that the project does not have is named", () => {
  assert.deepEqual(doubtsOf([region("a", [0, 0, 9, 9], "tram")], { labels: LABELS }).get("a"), [
    { word: "unknown_label", n: "tram" },
  ]);
});

test("two thousand boxes are looked through in no time that one would notice", () => {
  const regions = Array.from({ length: 2000 }, (_, n) => region(`r${n}`, [(n % 50) * 30, Math.floor(n / 50) * 30, 25, 25]));
  const start = performance.now();
  doubtsOf(regions, { labels: LABELS });

  assert.ok(performance.now() - start < 500);
});
