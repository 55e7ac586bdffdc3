/* The four numbers of the selected box, to be typed: x, y, width and height in pixels of the picture, kept
   exactly as typed. What would leave the picture is clipped, and said. */

import { tidyBox } from "../geometry.js";

/** A fieldset that follows the selected row; loaded when a box is selected for the first time. */
export function createNumbers(desk) {
  const { root, model, size } = desk;
  const fields = root.querySelector("[data-numbers]").content.firstElementChild.cloneNode(true);
  const inputs = [...fields.querySelectorAll("input")];
  let shown = null;

  const isNumber = (input) => input.value !== "" && Number.isFinite(input.valueAsNumber);

  function fill() {
    inputs.forEach((input, index) => {
      if (input !== document.activeElement || input.dataset.done) input.value = shown.box[index];
      delete input.dataset.done;
      input.removeAttribute("aria-invalid");
    });
  }

  function take(input) {
    const index = inputs.indexOf(input);
    if (!isNumber(input)) return input.setAttribute("aria-invalid", "true");
    const wanted = shown.box.with(index, input.valueAsNumber);
    input.dataset.done = "true"; // what is kept may differ from what was typed
    if (input.valueAsNumber === shown.box[index]) return fill();
    const { box, change } = tidyBox(wanted, size);
    if (!model.setBox(shown.id, box, "number")) return fill();
    const [x, y, w, h] = box;
    desk.tell("place", { x, y, w, h });
    if (change) desk.noteChanges({ [change]: 1 });
    return undefined;
  }

  function press(event) {
    if (event.code === "Enter" || event.code === "NumpadEnter") {
      event.preventDefault(); // typing a number submits nothing
      take(event.target);
      event.target.select?.();
    } else if (event.code === "Escape") {
      event.target.dataset.done = "true";
      fill();
      desk.stage.focus();
    } else return;
    event.stopPropagation();
  }

  fields.addEventListener("change", ({ target }) => take(target));
  fields.addEventListener("keydown", press);
  return (row, region) => {
    if (region.id !== shown?.id) for (const input of inputs) input.dataset.done = "true";
    shown = region;
    fields.disabled = model.isLocked(region.id);
    if (fields.parentElement !== row) row.append(fields);
    fill();
  };
}
