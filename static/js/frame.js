/* What stands round an editor whatever is edited: messages, keys with their sheet, the sheet of a phone. */

import { isMac } from "./chords.js";
import { createKeymap, hasOwnPress, isRebound } from "./keys.js";
import { spare } from "./spare.js";

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

/** The sheet of keys says what holds now; it is looked after from when it is first opened, or at once where
    keys are not as the page was written. */
function addKeySheet(section, signal) {
  const sheet = section.querySelector("#key-sheet");
  if (!sheet) return;
  const get = spare(() => import("./keysheet.js"));
  let isKept = false;
  const load = async () => {
    const module = isKept ? null : await get();
    if (!module || isKept || signal.aborted) return;
    isKept = true;
    module.keepSheet(sheet, section, signal);
  };
  if (isRebound() || isMac()) load();
  sheet.addEventListener("beforetoggle", load, { signal });
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
  addKeySheet(section, signal);
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
