/* What stands round an editor whatever is edited: messages, clock, guide, keys, the sheet of a phone. */

import { createClock, minutesAndSeconds } from "./clock.js";
import { createKeymap, hasOwnPress } from "./keys.js";

const KEYS = { submit: ["Enter", "NumpadEnter"], guide: ["KeyG"], help: ["Shift+Slash", "Slash"] };

/** Messages: read out always, and shown for a while when they must not be missed. */
export function addMessages(section, signal) {
  const live = section.querySelector("[data-live]");
  const hint = section.querySelector("[data-hint]");
  let timer = 0;
  const show = ({ text, shown }) => {
    live.textContent = shown ? "" : text;
    if (!shown) return;
    hint.textContent = text;
    hint.hidden = false;
    clearTimeout(timer);
    timer = setTimeout(() => (hint.hidden = true), 5000);
  };
  section.addEventListener("editor:tell", (event) => show(event.detail), { signal });
  return (text) => show({ text, shown: true });
}

/** Counts active seconds, shows them, and hands them to the form. */
export function runClock(section, form, signal) {
  const shown = section.querySelector("[data-elapsed]");
  const clock = createClock(performance.now());
  const touch = () => clock.touch(performance.now());
  for (const name of ["pointermove", "pointerdown", "keydown"]) {
    document.addEventListener(name, touch, { signal, passive: true });
  }
  const ticking = setInterval(() => {
    clock.tick(performance.now(), document.visibilityState === "visible");
    shown.textContent = minutesAndSeconds(clock.seconds);
    form.elements.active_seconds.value = clock.seconds;
  }, 1000);
  signal.addEventListener("abort", () => clearInterval(ticking));
}

/** The guide's link loads it into the drawer once; after that it opens and closes the drawer. */
export function addGuide(section, signal) {
  const link = section.querySelector("[data-guide]");
  const drawer = section.querySelector("[data-drawer]");
  const open = (isOpen) => {
    drawer.hidden = !isOpen;
    link.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) drawer.focus();
    else if (drawer.contains(document.activeElement)) link.focus();
  };
  const isLoaded = () => drawer.querySelector("[data-content]").childElementCount > 0;
  const press = (event) => {
    if (!link.contains(event.target) || !isLoaded()) return;
    event.preventDefault();
    event.stopPropagation();
    open(drawer.hidden);
  };
  link.parentElement.addEventListener("click", press, { signal, capture: true });
  drawer.addEventListener("htmx:after:settle", () => open(true), { signal });
  drawer.querySelector("[data-close]").addEventListener("click", () => open(false), { signal });
  drawer.addEventListener("keydown", (event) => event.code === "Escape" && open(false), { signal });
}

/** Enter submits, unless the focused control has a use for it: a pressed label has none any more. */
export function addKeys(section, form, signal) {
  const actionOf = createKeymap(KEYS);
  const actions = {
    submit: () => form.requestSubmit(form.querySelector("[data-submit]")),
    guide: () => section.querySelector("[data-guide]").click(),
    help: () => section.querySelector("[data-help]").click(),
  };
  const isTaken = (event) => hasOwnPress(event) && event.target.getAttribute("aria-pressed") !== "true";
  const press = (event) => {
    const action = actionOf(event);
    if (!action || event.defaultPrevented || event.repeat || (action === "submit" && isTaken(event))) return;
    event.preventDefault();
    actions[action]();
  };
  document.addEventListener("keydown", press, { signal });
}

/** On a phone the panel is a sheet that one button pulls up. A mouse leaves the focus on the picture. */
export function addSheet(section, signal) {
  const handle = section.querySelector("[data-sheet]");
  const toggle = () => {
    const isOpen = section.classList.toggle("sheet-open");
    handle.setAttribute("aria-expanded", String(isOpen));
  };
  handle?.addEventListener("click", toggle, { signal });
  const keepFocus = (event) => event.target.closest("[data-keep-focus] button") && event.preventDefault();
  section.addEventListener("mousedown", keepFocus, { signal });
}
