/* Every command of the box editor by one name, which its key and its button share. */

import { boxInMiddle, moveBox, resizeBox } from "../geometry.js";
import { createKeymap, hasOwnPress, isTyping } from "../keys.js";
import { visible } from "../viewport.js";
import { KEYS, projectKeys } from "./bindings.js";

const HELD_FROM = 250; // milliseconds from which a key counts as held, not pressed
const ARROWS = {
  left: { by: [-1, 0], sides: ["e", "w"] },
  right: { by: [1, 0], sides: ["e", "w"] },
  up: { by: [0, -1], sides: ["s", "n"] },
  down: { by: [0, 1], sides: ["s", "n"] },
};

/** The selected box one pixel on (ten with Shift); with Ctrl its right or lower side, with Alt the other. */
function nudge(desk, { by, sides }, event) {
  const { selected } = desk.model;
  if (!selected) return false;
  const pixels = by.map((step) => step * (event.shiftKey ? 10 : 1));
  const side = event.ctrlKey || event.metaKey ? sides[Number(event.altKey)] : "";
  const box = side ? resizeBox(selected.box, side, pixels, desk.size) : moveBox(selected.box, pixels, desk.size);
  if (!desk.model.setBox(selected.id, box, `nudge ${side}`)) return undefined;
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

/** Hides the selected box, or all; while its key is held, everything is out of sight, and then back. */
function createHiding(desk, signal) {
  const { model } = desk;
  let held = null; // {code, timer} of the key that is down
  const tell = (isHidden) => desk.tell(isHidden ? "hidden" : "shown");
  const all = () => tell(model.toggleAllHidden());
  const one = () => (model.selected ? tell(model.toggleHidden()) : all());

  function end(event) {
    if (!held || (event.code && event.code !== held.code)) return;
    clearTimeout(held.timer);
    if (held.peeked) model.peek(false);
    else if (event.code) one();
    held = null;
  }

  function hide(event) {
    if (event.type !== "keydown") return one();
    if (held) return undefined;
    held = { code: event.code, peeked: false };
    held.timer = setTimeout(() => model.peek((held.peeked = true)), HELD_FROM);
    return undefined;
  }

  document.addEventListener("keyup", end, { signal });
  window.addEventListener("blur", end, { signal });
  return { hide, hideAll: all };
}

const VERDICTS = new Set(["nothing", "unusable"]);

/** Name → what it does. A command that returns false leaves its key to the browser. */
function createCommands(desk, signal) {
  const { model, camera } = desk;
  const middle = () => boxInMiddle(visible(camera.view, desk.size, camera.stage), 0.2, desk.size);
  const flags = (desk.config.rules.flags ?? []).map((flag) => [flag, () => model.selected && model.toggleFlag(flag)]);
  const labels = desk.config.labels.map(({ key }) => [`label ${key}`, () => model.setLabel(key)]);
  const arrows = Object.entries(ARROWS).map(([name, arrow]) => [name, (event) => nudge(desk, arrow, event)]);
  const tool = (name) => () => desk.setTool(name);
  return {
    undo: () => void (model.undo() && desk.tell("undone")),
    redo: () => void (model.redo() && desk.tell("redone")),
    remove: () => void (model.remove() && desk.tell("removed", { n: model.state.regions.length })),
    draw: tool("draw"),
    select: tool("select"),
    extremes: tool("extremes"),
    create: () => desk.add(middle()),
    lock: () => void (model.selected && desk.tell(model.toggleLocked() ? "locked_now" : "unlocked")),
    crosshair: () => void desk.stage.classList.toggle("no-crosshair"),
    zoomIn: () => camera.zoom(1.25),
    zoomOut: () => camera.zoom(0.8),
    zoomTo: () => void (model.selected && camera.show(model.selected.box)),
    actual: () => camera.actual(),
    fit: () => camera.fit(),
    nothing: () => setVerdict(desk, "nothing"),
    unusable: () => setVerdict(desk, "unusable"),
    letGo: () => desk.extremes.takeBack() || model.select(null),
    next: () => walk(desk, 1),
    previous: () => walk(desk, -1),
    ...desk.clipboard,
    ...createHiding(desk, signal),
    ...Object.fromEntries([...flags, ...labels, ...arrows]),
  };
}

function markButtons(desk) {
  const { model, root, tool } = desk;
  const none = !model.selected;
  const noBox = model.state.regions.length === 0;
  const state = {
    undo: !model.canUndo, redo: !model.canRedo, remove: none, duplicate: none, zoomTo: none,
    copy: noBox, paste: !desk.clipboard.holds, hideAll: noBox,
  };
  const allHidden = !noBox && model.shown.length === 0;
  const pressed = { [tool]: true, [model.state.verdict]: true, [`label ${model.label}`]: true, hideAll: allHidden };
  for (const button of root.querySelectorAll("[data-command]")) {
    const { command } = button.dataset;
    button.disabled = state[command] ?? false;
    if (button.hasAttribute("aria-pressed")) button.setAttribute("aria-pressed", String(pressed[command] ?? false));
  }
}

/** Keys and buttons, from now until `signal` aborts. */
export function addCommands(desk, signal) {
  const commands = createCommands(desk, signal);
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
    if (event.repeat && VERDICTS.has(name)) return; // a key that is still held down from the page before
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
