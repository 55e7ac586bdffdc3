/* The island round a scored or an inspected answer: shows findings closely one after the other, keeps what is
   on the picture readable at any zoom, divides it between two answers, and presses the buttons that carry a
   key. The page works without it. */

import { createDrawing } from "./compare/drawing.js";
import { addFindings } from "./compare/focus.js";
import { addSlide } from "./compare/slide.js";
import { hasOwnPress, isTyping } from "./keys.js";
import { watchPointers } from "./pointers.js";

const STEP = 2; // percent that an arrow key moves the divider by
const PLAIN = ["mine", "gold", "both"]; // the layers that S goes through

/** What each key does on a page with a picture; an action that returns false leaves the key to the browser. */
function actionsOf(section, { drawing, findings, slide }) {
  const layers = [...section.querySelectorAll("input[name=layer]")].filter((layer) => PLAIN.includes(layer.value));
  const nextLayer = () => layers[(layers.findIndex((layer) => layer.checked) + 1) % layers.length]?.click();
  const isArrowed = () => document.activeElement?.matches("input, select");
  const slideBy = (by) => !isArrowed() && slide.step(by);
  const actions = {
    KeyS: nextLayer,
    KeyC: slide.toggle,
    KeyN: () => findings.step(1),
    KeyP: () => findings.step(-1),
    Digit0: findings.whole,
    Escape: findings.whole,
    ArrowLeft: () => slideBy(-STEP),
    ArrowRight: () => slideBy(STEP),
    Equal: () => drawing.camera.zoom(1.25),
    NumpadAdd: () => drawing.camera.zoom(1.25),
    Minus: () => drawing.camera.zoom(0.8),
    NumpadSubtract: () => drawing.camera.zoom(0.8),
  };
  for (let digit = 1; digit <= 9; digit += 1) actions[`Digit${digit}`] = () => findings.number(digit);
  return actions;
}

/** A key presses the button that carries it, or else does what `actions` says. */
function addKeys(section, actions, signal) {
  const isCovered = () => Boolean(document.querySelector("dialog:modal, :popover-open"));
  const button = ({ code, shiftKey }) => {
    if (code === "Slash" && shiftKey) return section.querySelector("[data-help]");
    return section.querySelector(`[data-key="${code === "NumpadEnter" ? "Enter" : code}"]`);
  };
  function press(event) {
    const { code } = event;
    const mayRepeat = code.startsWith("Arrow");
    if (event.defaultPrevented || (event.repeat && !mayRepeat) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event) || isCovered()) return;
    if (code.endsWith("Enter") && hasOwnPress(event) && !["radio", "range"].includes(event.target.type)) return;
    const pressed = button(event);
    if (pressed) pressed.click();
    else if (!actions[code] || actions[code]() === false) return;
    event.preventDefault();
  }
  document.addEventListener("keydown", press, { signal });
}

/** Mounted on the section of a result or of an inspection; returns its unmount. `extend(drawing, signal)` may
    give further actions of keys, which come before those of every page with a picture. */
export function mountOn(section, extend = () => ({})) {
  const stop = new AbortController();
  const { signal } = stop;
  if (section.dataset.title) document.title = section.dataset.title; // it may have come by a swap
  const svg = section.querySelector("svg.compare");
  const drawing = svg && createDrawing(svg);
  const parts = drawing && {
    drawing,
    findings: addFindings(section, drawing, signal),
    slide: addSlide(section, drawing, signal),
  };
  const own = extend(drawing, signal);
  addKeys(section, { ...(parts ? actionsOf(section, parts) : {}), ...own }, signal);
  section.dataset.ready = "all";
  if (!drawing) return () => stop.abort();
  watchPointers(drawing.stage, drawing.camera, drawing.size, signal);
  const watch = new ResizeObserver(() => drawing.camera.resize(drawing.stageSize()));
  watch.observe(drawing.stage);
  signal.addEventListener("abort", () => watch.disconnect());
  return () => stop.abort();
}

export const mount = (section) => mountOn(section);
