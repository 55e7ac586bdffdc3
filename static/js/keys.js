/* Keys by their place on the keyboard (event.code), so that they work under a Hangul layout too. */

import { mySettings } from "./settings.js";

/** The chord of a key event, such as "Ctrl+Shift+KeyZ". The Command key counts as Ctrl. */
export function chordOf(event) {
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push("Ctrl");
  if (event.altKey) parts.push("Alt");
  if (event.shiftKey) parts.push("Shift");
  return [...parts, event.code].join("+");
}

const WRITABLE = new Set(["TEXTAREA", "SELECT"]);
const BUTTON_LIKE = new Set(["button", "checkbox", "radio", "submit", "reset", "range", "color", "file"]);

/** Is the person writing text, or is the input method composing a syllable (keyCode 229)? */
export function isTyping(event) {
  const { target } = event;
  if (event.isComposing || event.keyCode === 229) return true;
  if (target?.isContentEditable || WRITABLE.has(target?.tagName)) return true;
  return target?.tagName === "INPUT" && !BUTTON_LIKE.has(target.type);
}

/** Does the focused element do something of its own with Enter or Space? What has just been hidden or
    disabled keeps the focus until the next frame, and does nothing any more. */
export function hasOwnPress({ target }) {
  const isPressed = ["BUTTON", "A", "SUMMARY", "INPUT"].includes(target?.tagName);
  return isPressed && !target.disabled && (target.checkVisibility?.() ?? true);
}

/** Is something open over the page that has the keys to itself? */
const isCovered = () => Boolean(globalThis.document?.querySelector("dialog:modal, :popover-open"));

const delivered = new Map(); // action → its chords as delivered, for every key map of this page
let own = null; // action → the chords that the person gave it
let changes = 0;

const ownKeys = () => (own ??= mySettings().get("keys", {}));

/** Every action of this page with the chords that it has now; a chord given by the person is no other's. */
export function bindings() {
  const turned = ([action, chords]) => chords.map((chord) => [chord, action]);
  const given = new Map(Object.entries(ownKeys()).flatMap(turned));
  const isFree = (chord, action) => (given.get(chord) ?? action) === action;
  const chordsOf = ([action, chords]) => (ownKeys()[action] ?? chords).filter((chord) => isFree(chord, action));
  return new Map([...delivered].map((entry) => [entry[0], chordsOf(entry)]));
}

/** Has the person given any key another meaning? */
export const isRebound = () => Object.keys(ownKeys()).length > 0;

/** Gives an action these chords from now on; without an action, all get their delivered ones again. */
export function rebind(action, chords) {
  own = action ? { ...ownKeys(), [action]: chords } : {};
  mySettings().set("keys", isRebound() ? own : undefined);
  changes += 1;
}

/** Turns {action: [chord, …]} into a function event → action or null, which follows what is rebound. */
export function createKeymap(...tables) {
  const table = Object.assign({}, ...tables);
  for (const [action, chords] of Object.entries(table)) delivered.set(action, chords);
  changes += 1;
  let known = 0;
  let actions;
  function refresh() {
    known = changes;
    const mine = [...bindings()].filter(([action]) => action in table);
    actions = new Map(mine.flatMap(([action, chords]) => chords.map((chord) => [chord, action])));
  }
  return (event) => {
    if (isTyping(event)) return null;
    if (known !== changes) refresh();
    const action = actions.get(chordOf(event)) ?? null;
    return action !== "help" && isCovered() ? null : action;
  };
}

/** Chords that choose label 1, 2, …: nine digits, then three with Shift; the number pad too. */
export function labelChords(index) {
  const digit = (index % 9) + 1;
  const shift = index < 9 ? "" : "Shift+";
  return [`${shift}Digit${digit}`, `${shift}Numpad${digit}`];
}
