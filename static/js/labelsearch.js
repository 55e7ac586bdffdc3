/* Finding one of many labels by a few letters; Enter chooses the first that is found. */

import { createKeymap } from "./keys.js";
import { matches } from "./search.js";

/** Narrows the labels of an editor to what the field says, until `signal` aborts. */
export function mount(root, signal) {
  const field = root.querySelector("[data-find-label]");
  const buttons = [...root.querySelectorAll('.labels [data-command^="label "]')];
  const none = root.querySelector("[data-no-label]");
  const actionOf = createKeymap({ findLabel: ["KeyS"] });

  function find() {
    for (const button of buttons) button.hidden = !matches(button.textContent, field.value);
    none.hidden = buttons.some((button) => !button.hidden);
  }

  function leave() {
    field.value = "";
    find();
    field.blur();
  }

  function type(event) {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.code === "Escape") return leave();
    if (event.code !== "Enter" && event.code !== "NumpadEnter") return;
    event.preventDefault(); // it chooses, and does not send
    event.stopPropagation();
    const first = buttons.find((button) => !button.hidden);
    if (!field.value.trim() || !first) return;
    if (first.getAttribute("aria-pressed") !== "true") first.click();
    leave();
  }

  const press = (event) => {
    if (event.defaultPrevented || actionOf(event) !== "findLabel") return;
    event.preventDefault();
    field.focus();
  };
  field.addEventListener("input", find, { signal });
  field.addEventListener("keydown", type, { signal });
  document.addEventListener("keydown", press, { signal });
}
