import assert from "node:assert/strict";
import { test } from "node:test";

import { initialsOf, matches, placesOf } from "../../static/js/search.js";

test("every word must be there, in any case and order", () => {
  assert.ok(matches("Traffic light, seen from the front", "FRONT traffic"));
  assert.ok(!matches("Traffic light", "traffic sign"));
  assert.ok(matches("anything", "  "));
});

test("Korean is found in either Unicode form", () => {
  assert.ok(matches("신호등".normalize("NFD"), "신호"));
  assert.ok(matches("신호등", "신호".normalize("NFD")));
});

test("Korean is found by the first consonants of its syllables", () => {
  assert.equal(initialsOf("승용차 A"), "ㅅㅇㅊ a");
  assert.ok(matches("소형 승용차", "ㅅㅇㅊ"));
  assert.ok(!matches("버스", "ㅅㅇ"));
});

test("places are told one after the other, without overlap", () => {
  assert.deepEqual(placesOf("Aa aab", "aa"), [[0, 2], [3, 5]]);
  assert.deepEqual(placesOf("환불해 주세요, 환불", "환불"), [[0, 2], [9, 11]]);
  assert.deepEqual(placesOf("text", "  "), []);
  assert.deepEqual(placesOf("aaa", "aa"), [[0, 2]]);
});
