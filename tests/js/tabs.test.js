import assert from "node:assert/strict";
import { test } from "node:test";

import { watchTabs } from "../../static/js/tabs.js";

/** A channel that delivers at once, to all but the sender. */
function makeChannel() {
  const all = new Set();
  return class {
    constructor(name) {
      this.name = name;
      all.add(this);
    }
    postMessage(data) {
      for (const one of all) if (one !== this && one.name === this.name) one.onmessage({ data });
    }
    close() {
      all.delete(this);
    }
  };
}

function open(name, Channel) {
  const stop = new AbortController();
  const tab = { shown: [], close: () => stop.abort() };
  watchTabs(name, (isElsewhere) => tab.shown.push(isElsewhere), stop.signal, Channel);
  return tab;
}

test("two tabs on one item know of each other, and of the end of the other", () => {
  const Channel = makeChannel();
  const first = open("7", Channel);
  const second = open("7", Channel);
  const other = open("8", Channel);

  assert.equal(first.shown.at(-1), true);
  assert.equal(second.shown.at(-1), true);
  assert.deepEqual(other.shown, []);
  second.close();
  assert.equal(first.shown.at(-1), false);
});

test("a browser without channels does without", () => {
  open("7", null);
});
