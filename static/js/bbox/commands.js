/* Every command of the box editor by one name, which its key and its button share. */

import { boxInMiddle, moveBox, resizeBox } from "../geometry.js";
import { createKeymap, hasOwnPress, isTyping, labelChords } from "../keys.js";
import { visible } from "../viewport.js";

const ARROWS = {
  left: { by: [-1, 0], sides: ["e", "w"] },
  right: { by: [1, 0], sides: ["e", "w"] },
  up: { by: [0, -1], sides: ["s", "n"] },
  down: { by: [0, 1], sides: ["s", "n"] },
};
const HELD = ["", "Shift+", "Ctrl+", "Ctrl+Shift+", "Ctrl+Alt+", "Ctrl+Alt+Shift+"];
const arrowChords = (arrow) => HELD.map((held) => `${held}Arrow${arrow[0].toUpperCase()}${arrow.slice(1)}`);

/** The keys as delivered; a table of the same form rebinds them. */
export const KEYS = {
  undo: ["Ctrl+KeyZ"],
  redo: ["Ctrl+Shift+KeyZ", "Ctrl+KeyY"],
  remove: ["Delete", "Backspace"],
  draw: ["KeyB"],
  select: ["KeyV"],
  create: ["KeyN"],
  crosshair: ["KeyX"],
  zoomIn: ["Equal", "Shift+Equal", "NumpadAdd"],
  zoomOut: ["Minus", "NumpadSubtract"],
  actual: ["Digit0", "Numpad0"],
  fit: ["KeyF"],
  nothing: ["KeyE"],
  unusable: ["KeyU"],
  letGo: ["Escape"],
  next: ["Tab"],
  previous: ["Shift+Tab"],
  ...Object.fromEntries(Object.keys(ARROWS).map((arrow) => [arrow, arrowChords(arrow)])),
};

/** The selected box one pixel on (ten with Shift); with Ctrl its right or lower side, with Alt the other. */
function nudge(desk, { by, sides }, event) {
  const { selected } = desk.model;
  if (!selected) return false;
  const pixels = by.map((step) => step * (event.shiftKey ? 10 : 1));
  const side = event.ctrlKey || event.metaKey ? sides[Number(event.altKey)] : "";
  const box = side ? resizeBox(selected.box, side, pixels, desk.size) : moveBox(selected.box, pixels, desk.size);
  desk.model.setBox(selected.id, box, `nudge ${side}`);
  const [x, y, w, h] = box;
  return desk.tell("place", { x, y, w, h });
}

/** Tab walks the boxes while the picture has the focus, and leaves it at either end. */
function walk(desk, by) {
  const { model, stage } = desk;
  if (document.activeElement !== stage || !model.selectNext(by)) return false;
  const { label, box } = model.selected;
  return desk.tell("selected", { label: desk.label(label).name, w: box[2], h: box[3] });
}

function setVerdict(desk, verdict) {
  desk.model.toggleVerdict(verdict);
  desk.tell(desk.model.state.verdict ?? "taken_back");
}

function setTool(desk, tool) {
  desk.tool = tool;
  desk.refresh();
}

/** Name → what it does. A command that returns false leaves its key to the browser. */
function createCommands(desk) {
  const { model, camera } = desk;
  const middle = () => boxInMiddle(visible(camera.view, desk.size, camera.stage), 0.2, desk.size);
  const flags = (desk.config.rules.flags ?? []).map((flag) => [flag, () => model.selected && model.toggleFlag(flag)]);
  const labels = desk.config.labels.map(({ key }) => [`label ${key}`, () => model.setLabel(key)]);
  const arrows = Object.entries(ARROWS).map(([name, arrow]) => [name, (event) => nudge(desk, arrow, event)]);
  return {
    undo: () => void (model.undo() && desk.tell("undone")),
    redo: () => void (model.redo() && desk.tell("redone")),
    remove: () => void (model.remove() && desk.tell("removed", { n: model.state.regions.length })),
    draw: () => setTool(desk, "draw"),
    select: () => setTool(desk, "select"),
    create: () => desk.add(middle()),
    crosshair: () => void desk.stage.classList.toggle("no-crosshair"),
    zoomIn: () => camera.zoom(1.25),
    zoomOut: () => camera.zoom(0.8),
    actual: () => camera.actual(),
    fit: () => camera.fit(),
    nothing: () => setVerdict(desk, "nothing"),
    unusable: () => setVerdict(desk, "unusable"),
    letGo: () => model.select(null),
    next: () => walk(desk, 1),
    previous: () => walk(desk, -1),
    ...Object.fromEntries([...flags, ...labels, ...arrows]),
  };
}

/** The keys of this project: the delivered ones, its labels' digits, Q and W for its flags. */
function projectKeys({ labels, rules }) {
  const digits = labels.slice(0, 12).map(({ key }, index) => [`label ${key}`, labelChords(index)]);
  const flags = (rules.flags ?? []).map((flag, index) => [flag, [["KeyQ", "KeyW"][index]]]);
  return Object.fromEntries([...digits, ...flags]);
}

function markButtons(desk) {
  const { model, root, tool } = desk;
  const state = { undo: !model.canUndo, redo: !model.canRedo, remove: !model.selected };
  const pressed = { [tool]: true, [model.state.verdict]: true, [`label ${model.label}`]: true };
  for (const button of root.querySelectorAll("[data-command]")) {
    const { command } = button.dataset;
    button.disabled = state[command] ?? false;
    if (button.hasAttribute("aria-pressed")) button.setAttribute("aria-pressed", String(pressed[command] ?? false));
  }
}

/** Keys and buttons, from now until `signal` aborts. */
export function addCommands(desk, signal) {
  const commands = createCommands(desk);
  const actionOf = createKeymap(KEYS, projectKeys(desk.config));
  const run = (name, event) => {
    if (!desk.gestures.busy) return commands[name]?.(event);
    return name === "letGo" ? desk.gestures.abandon() : undefined;
  };
  const hold = (held) => {
    desk.spaceHeld = held;
    desk.stage.classList.toggle("panning", held);
  };
  const press = (event) => {
    if (event.defaultPrevented) return;
    const name = actionOf(event);
    if (name && run(name, event) !== false) event.preventDefault();
    if (event.code !== "Space" || hasOwnPress(event) || isTyping(event)) return;
    event.preventDefault();
    hold(true);
  };
  document.addEventListener("keydown", press, { signal });
  document.addEventListener("keyup", (event) => event.code === "Space" && hold(false), { signal });
  window.addEventListener("blur", () => hold(false), { signal });
  const click = (event) => run(event.target.closest("[data-command]")?.dataset.command, event);
  desk.root.addEventListener("click", click, { signal });
  desk.watch(() => markButtons(desk));
}
