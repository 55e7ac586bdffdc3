import assert from "node:assert/strict";
import { test } from "node:test";

import { spare } from "../../static/js/spare.js";

const lost = async () => {
  throw new TypeError("Failed to fetch dynamically imported module");
};

test("a module is fetched once, before it is wanted", async () => {
  let asked = 0;
  const get = spare(async () => (asked += 1), (then) => then());

  assert.equal(asked, 1);
  assert.equal(await get(), 1);
  assert.equal(await get(), 1);
});

test("a module that did not come is asked for again", async () => {
  const answers = [lost, lost, async () => "module"];
  const get = spare(() => answers.shift()(), () => {});

  assert.equal(await get(), null);
  assert.equal(await get(), null);
  assert.equal(await get(), "module");
});

test("a module that is broken is no lost connection", async () => {
  const broken = async () => {
    throw new SyntaxError("Unexpected token");
  };

  await assert.rejects(spare(broken, () => {})(), SyntaxError);
});
