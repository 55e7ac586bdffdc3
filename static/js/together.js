/* The island round several answers to one item: keys show one after the other on the picture. The list holds
   which one is shown; the style sheet does the rest. */

import { mountOn } from "./compare.js";

/** Mounted on the section of an item's answers; returns its unmount. */
export function mount(section) {
  const choices = [...section.querySelectorAll("input[name=answer]")];
  function choose(at) {
    choices[at]?.click();
    choices[at]?.closest("label").scrollIntoView({ block: "nearest" });
  }
  const step = (by) => choose((choices.findIndex((one) => one.checked) + by + choices.length) % choices.length);
  const digits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => [`Digit${digit}`, () => choose(digit)]);
  return mountOn(section, () => ({ ...Object.fromEntries(digits), KeyN: () => step(1), KeyP: () => step(-1) }));
}
