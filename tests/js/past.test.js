import assert from "node:assert/strict";
import { test } from "node:test";

import { pack, unpack } from "../../static/js/bbox/past.js";

const region = (n) => ({ id: `r${n}`, label: "car", box: [n, n, 10, 10] });

function makePast(steps) {
  const states = [{ regions: [], verdict: null }];
  for (let n = 1; n <= steps; n += 1) states.push({ regions: [...states.at(-1).regions, region(n)], verdict: null });
  return { states, at: steps };
}

const reread = (packed) => unpack(JSON.parse(JSON.stringify(packed)));

test("all steps come back, with the place among them and what was set aside", () => {
  const past = makePast(20);
  past.states.push({ regions: past.states[20].regions, verdict: "nothing" });

  assert.deepEqual(reread(pack({ ...past, at: 7 })), { ...past, at: 7 });
});

test("regions that states share stand there once", () => {
  assert.equal(pack(makePast(50)).regions.length, 50);
});

test("of a long past the oldest steps are left out, and the text stays small", () => {
  const past = makePast(2000);
  const kept = reread(pack(past, 300_000));

  assert.ok(kept.states.length > 5 && kept.states.length < 2000);
  assert.deepEqual(kept.states.at(-1), past.states.at(-1));
  assert.equal(kept.at, kept.states.length - 1);
  assert.ok(JSON.stringify(pack(past, 300_000)).length < 400_000);
});

test("a present that does not fit, and what is no past, give nothing", () => {
  assert.equal(pack(makePast(100), 500), null);
  for (const other of [null, {}, { regions: [], states: [], at: 0 }, "x"]) assert.equal(unpack(other), null);
});
