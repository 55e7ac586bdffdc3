/* Keys by their place on the keyboard (event.code), so that they work under a Hangul layout too. */

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

/** Does the focused element do something of its own with Enter or Space? */
export function hasOwnPress({ target }) {
  return ["BUTTON", "A", "SUMMARY", "INPUT"].includes(target?.tagName);
}

/** Turns {action: [chord, …]} into a function event → action or null. A later table rebinds. */
export function createKeymap(...tables) {
  const actions = new Map();
  for (const [action, chords] of Object.entries(Object.assign({}, ...tables))) {
    for (const chord of chords) actions.set(chord, action);
  }
  return (event) => (isTyping(event) ? null : actions.get(chordOf(event)) ?? null);
}

/** Chords that choose label 1, 2, …: nine digits, then three with Shift; the number pad too. */
export function labelChords(index) {
  const digit = (index % 9) + 1;
  const shift = index < 9 ? "" : "Shift+";
  return [`${shift}Digit${digit}`, `${shift}Numpad${digit}`];
}
