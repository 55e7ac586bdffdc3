import assert from "node:assert/strict";
import { test } from "node:test";

import { bindings, chordOf, createKeymap, hasOwnPress } from "../../static/js/keys.js";
import { isRebound, isTyping, labelChords, rebind } from "../../static/js/keys.js";

const key = (code, more = {}) => ({ code, target: { tagName: "BODY" }, ...more });

test("keys go by their place, so that a Hangul layout changes nothing", () => {
  const actionOf = createKeymap({ fit: ["KeyF"], undo: ["Ctrl+KeyZ"] });

  assert.equal(actionOf(key("KeyF", { key: "ㄹ" })), "fit");
  assert.equal(actionOf(key("KeyZ", { key: "ㅋ", ctrlKey: true })), "undo");
});

test("the Command key counts as Ctrl, and modifiers have one order", () => {
  assert.equal(chordOf(key("KeyZ", { metaKey: true, shiftKey: true })), "Ctrl+Shift+KeyZ");
});

test("a chord with another modifier is another chord", () => {
  const actionOf = createKeymap({ fit: ["KeyF"] });

  assert.equal(actionOf(key("KeyF", { ctrlKey: true })), null);
});

test("keys are dead while somebody types or composes a syllable", () => {
  const actionOf = createKeymap({ one: ["Digit1"] });
  const dead = [
    key("Digit1", { target: { tagName: "INPUT", type: "text" } }),
    key("Digit1", { target: { tagName: "TEXTAREA" } }),
    key("Digit1", { target: { tagName: "DIV", isContentEditable: true } }),
    key("Digit1", { isComposing: true }),
    key("Digit1", { keyCode: 229 }),
  ];

  for (const event of dead) assert.equal(actionOf(event), null);
  assert.equal(actionOf(key("Digit1", { target: { tagName: "INPUT", type: "checkbox" } })), "one");
  assert.equal(isTyping(key("Digit1")), false);
});

test("a later table rebinds a command", () => {
  const actionOf = createKeymap({ fit: ["KeyF"] }, { fit: ["KeyW"] });

  assert.equal(actionOf(key("KeyF")), null);
  assert.equal(actionOf(key("KeyW")), "fit");
});

test("nine labels have a digit, three more a digit with Shift", () => {
  assert.deepEqual(labelChords(0), ["Digit1", "Numpad1"]);
  assert.deepEqual(labelChords(8), ["Digit9", "Numpad9"]);
  assert.deepEqual(labelChords(9), ["Shift+Digit1", "Shift+Numpad1"]);
});

test("buttons and links have a use for Enter and Space of their own", () => {
  assert.ok(hasOwnPress({ target: { tagName: "BUTTON" } }));
  assert.ok(!hasOwnPress({ target: { tagName: "DIV" } }));
});

test("a key that a person gives takes effect at once, on every key map, and no other action keeps it", () => {
  const frame = createKeymap({ guide: ["KeyG"] });
  const editor = createKeymap({ mark: ["KeyM"], move: ["KeyJ"] });

  rebind("mark", ["KeyK"]);
  assert.equal(editor(key("KeyM")), null);
  assert.equal(editor(key("KeyK")), "mark");
  assert.deepEqual(bindings().get("mark"), ["KeyK"]);

  rebind("mark", ["KeyG"]);
  assert.equal(frame(key("KeyG")), null);
  assert.equal(editor(key("KeyG")), "mark");
  assert.deepEqual(bindings().get("guide"), []);

  rebind(null);
  assert.ok(!isRebound());
  assert.equal(frame(key("KeyG")), "guide");
  assert.equal(editor(key("KeyM")), "mark");
});
