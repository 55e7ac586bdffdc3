/* How a chord is written on a key cap, and which chords a person may give to an action. */

// prettier-ignore
const CAPS = {
  Enter: "⏎", NumpadEnter: "⏎", Escape: "Esc", Space: "␣", Backspace: "⌫", Equal: "+", Minus: "−", Comma: ",",
  Period: ".", Slash: "/", Backslash: "\\", Semicolon: ";", Quote: "'", Backquote: "`", BracketLeft: "[",
  BracketRight: "]", NumpadAdd: "+", NumpadSubtract: "−", ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑",
  ArrowDown: "↓",
};
const MODIFIERS = { Ctrl: ["Ctrl", "⌘"], Alt: ["Alt", "⌥"], Shift: ["⇧", "⇧"] };

/** The key caps of a chord, such as ["Ctrl", "Z"], or ["⌘", "Z"] on a Mac. */
export function capsOf(chord, isMac = false) {
  if (chord === "Shift+Slash") return ["?"];
  return chord.split("+").map((part) => {
    if (MODIFIERS[part]) return MODIFIERS[part][Number(isMac)];
    return CAPS[part] ?? part.replace(/^(Key|Digit|Numpad)(?=.)/, "");
  });
}

/** Chords that differ in their caps: a digit of the number pad says nothing new beside the digit. */
export function shownChords(chords, isMac = false) {
  const seen = new Set();
  return chords.filter((chord) => {
    const caps = capsOf(chord, isMac).join(" ");
    return !seen.has(caps) && seen.add(caps);
  });
}

const MODIFIER_KEYS = /^(?:Control|Shift|Alt|Meta|OS|CapsLock|Lang|Hangul|Hanja|Convert|NonConvert)/;
const FIXED = /^(?:.*\+)?(?:Tab|Escape|Space|Arrow(?:Left|Right|Up|Down))$/;
const BROWSER = /^(?:Ctrl\+(?:Shift\+)?Key[TNWQRLP]|Ctrl\+(?:Digit|Numpad)\d|Alt\+(?:F4|Key[DEF])|F\d+)$/;

/** Why `action` cannot have `chord`: "waiting" (a modifier alone), "fixed", "browser", or the action that has it. */
export function refusalOf(chord, action, bindings) {
  const last = chord.split("+").at(-1);
  if (!last || MODIFIER_KEYS.test(last)) return { why: "waiting" };
  if (FIXED.test(chord)) return { why: "fixed" };
  if (BROWSER.test(chord)) return { why: "browser" };
  const taken = [...bindings].find(([other, chords]) => other !== action && chords.includes(chord));
  return taken ? { why: "taken", by: taken[0] } : null;
}

/** Is this a Mac, whose keyboards write ⌘ where others write Ctrl? */
export function isMac(navigator = globalThis.navigator) {
  return /mac|iphone|ipad/i.test(navigator?.userAgentData?.platform || navigator?.platform || "");
}
