import assert from "node:assert/strict";
import { test } from "node:test";

import { createSettings } from "../../static/js/settings.js";

class Storage {
  kept = new Map();
  getItem = (key) => this.kept.get(key) ?? null;
  setItem = (key, value) => this.kept.set(key, value);
  removeItem = (key) => this.kept.delete(key);
}

test("a setting is kept for one person, and forgotten without a trace", () => {
  const storage = new Storage();
  const settings = createSettings("7", storage);
  settings.set("breaks", false);

  assert.equal(settings.get("breaks", true), false);
  assert.equal(createSettings("8", storage).get("breaks", true), true);
  settings.set("breaks", undefined);
  assert.equal(settings.get("breaks", true), true);
  assert.equal(storage.kept.size, 0);
});

test("a storage that is forbidden, full or holds rubbish leaves everything as delivered", () => {
  const full = new Storage();
  full.setItem = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  const odd = new Storage();
  odd.kept.set("labelkit:settings:7", "{");

  for (const storage of [null, full, odd]) {
    const settings = createSettings("7", storage);
    assert.equal(settings.get("breaks", true), true);
    settings.set("breaks", false);
  }
  assert.equal(createSettings("7", odd).get("breaks", true), false);
});
