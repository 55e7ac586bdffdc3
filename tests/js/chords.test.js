import assert from "node:assert/strict";
import { test } from "node:test";

import { capsOf, isMac, refusalOf, shownChords } from "../../static/js/chords.js";

test("a chord is written as its key caps, and a Mac has caps of its own", () => {
  assert.deepEqual(capsOf("Ctrl+Shift+KeyZ"), ["Ctrl", "⇧", "Z"]);
  assert.deepEqual(capsOf("Ctrl+Shift+KeyZ", true), ["⌘", "⇧", "Z"]);
  assert.deepEqual(capsOf("Ctrl+Alt+ArrowLeft", true), ["⌘", "⌥", "←"]);
  const caps = ["Enter", "Digit3", "NumpadAdd", "Equal", "Delete"].map((code) => capsOf(code)[0]);
  assert.deepEqual(caps, ["⏎", "3", "+", "+", "Delete"]);
  assert.deepEqual(capsOf("Shift+Slash"), ["?"]);
});

test("keys that look the same are shown once", () => {
  assert.deepEqual(shownChords(["Digit1", "Numpad1"]), ["Digit1"]);
  assert.deepEqual(shownChords(["Enter", "NumpadEnter", "KeyS"]), ["Enter", "KeyS"]);
});

test("a free key may be given", () => {
  assert.equal(refusalOf("KeyJ", "fit", new Map([["fit", ["KeyF"]]])), null);
  assert.equal(refusalOf("KeyF", "fit", new Map([["fit", ["KeyF"]]])), null);
});

test("a key that another action has is refused by its name", () => {
  assert.deepEqual(refusalOf("KeyF", "undo", new Map([["fit", ["KeyF"]]])), { why: "taken", by: "fit" });
});

test("what has a fixed meaning, what the browser keeps, and a modifier alone are refused", () => {
  const why = (chord) => refusalOf(chord, "fit", new Map())?.why;

  assert.deepEqual(["Tab", "Shift+Tab", "Escape", "Space", "Ctrl+ArrowLeft"].map(why), Array(5).fill("fixed"));
  assert.deepEqual(["Ctrl+KeyW", "Ctrl+Shift+KeyT", "F5", "Alt+F4"].map(why), Array(4).fill("browser"));
  assert.deepEqual(["Shift+ShiftLeft", "Ctrl+ControlRight", "Lang1"].map(why), Array(3).fill("waiting"));
  assert.deepEqual(["Enter", "Shift+KeyF", "Ctrl+KeyZ", "Alt+Digit1"].map(why), Array(4).fill(undefined));
});

test("a Mac is known by its platform", () => {
  assert.ok(isMac({ platform: "MacIntel" }));
  assert.ok(isMac({ userAgentData: { platform: "macOS" }, platform: "" }));
  assert.ok(!isMac({ platform: "Win32" }));
  assert.ok(!isMac(undefined));
});
