/* The keys of the box editor as delivered, by command; a table of the same form rebinds them. */

import { labelChords } from "../keys.js";

const HELD = ["", "Shift+", "Ctrl+", "Ctrl+Shift+", "Ctrl+Alt+", "Ctrl+Alt+Shift+"];
const arrowChords = (name) => HELD.map((held) => `${held}Arrow${name}`);

export const KEYS = {
  undo: ["Ctrl+KeyZ"],
  redo: ["Ctrl+Shift+KeyZ", "Ctrl+KeyY"],
  remove: ["Delete", "Backspace"],
  copy: ["Ctrl+KeyC"],
  paste: ["Ctrl+KeyV"],
  duplicate: ["Ctrl+KeyD"],
  draw: ["KeyB"],
  extremes: ["KeyX"],
  select: ["KeyV"],
  create: ["KeyN"],
  hide: ["KeyH"],
  hideAll: ["Shift+KeyH"],
  lock: ["KeyL"],
  crosshair: ["KeyC"],
  zoomIn: ["Equal", "Shift+Equal", "NumpadAdd"],
  zoomOut: ["Minus", "NumpadSubtract"],
  zoomTo: ["KeyZ"],
  actual: ["Digit0", "Numpad0"],
  fit: ["KeyF"],
  nothing: ["KeyE"],
  unusable: ["KeyU"],
  letGo: ["Escape"],
  next: ["Tab"],
  previous: ["Shift+Tab"],
  left: arrowChords("Left"),
  right: arrowChords("Right"),
  up: arrowChords("Up"),
  down: arrowChords("Down"),
};

const FLAGS = { occluded: ["KeyO", "KeyQ"], truncated: ["KeyT", "KeyW"], ignore: ["KeyI"], optional: ["KeyP"] };

/** The keys of one project: its labels' digits, and its flags'. */
export function projectKeys({ labels, rules }) {
  const digits = labels.slice(0, 12).map(({ key }, index) => [`label ${key}`, labelChords(index)]);
  const flags = (rules.flags ?? []).map((flag) => [flag, FLAGS[flag] ?? []]);
  return Object.fromEntries([...digits, ...flags]);
}
