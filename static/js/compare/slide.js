/* The divider over the picture: left of it my answer, right of it gold. It is an <input type="range"> as
   wide as the stage, so that mouse, finger and arrow keys move it. */

import { toPicture } from "../viewport.js";

const THUMB = 44; // its width in the style sheet; at either end its middle stands half of that inside

/** Returns toggle() and step(by), for keys; both do nothing where there is no divider. */
export function addSlide(section, { svg, camera, stageSize, onDraw }, signal) {
  const slide = section.querySelector("[data-slide]");
  const choices = [...section.querySelectorAll("input[name=layer]")];
  const choice = (value) => choices.find((other) => other.value === value);
  if (!slide || !choice("slide")) return { toggle: () => {}, step: () => false };
  const range = slide.querySelector("input");
  const halves = [...svg.querySelectorAll("[data-half]")];
  const isOn = () => choice("slide").checked;

  function cut() {
    if (!isOn()) return;
    const [width, height] = stageSize();
    const at = THUMB / 2 + (Number(range.value) / 100) * (width - THUMB);
    slide.style.setProperty("--at", `${at}px`);
    const [left, top] = toPicture(camera.view, [0, 0]);
    const [middle] = toPicture(camera.view, [at, 0]);
    const [right, bottom] = toPicture(camera.view, [width, height]);
    for (const [half, x, end] of [["mine", left, middle], ["gold", middle, right]]) {
      const rect = svg.querySelector(`#clip-${half} rect`);
      for (const [key, value] of Object.entries({ x, y: top, width: end - x, height: bottom - top })) rect.setAttribute(key, value);
    }
  }

  function change() {
    slide.hidden = !isOn();
    for (const half of halves) {
      if (isOn()) half.setAttribute("clip-path", `url(#clip-${half.dataset.half})`);
      else half.removeAttribute("clip-path");
    }
    cut();
  }

  for (const one of choices) one.addEventListener("change", change, { signal });
  range.addEventListener("input", cut, { signal });
  onDraw(cut);
  change();
  return {
    toggle() {
      choice(isOn() ? "both" : "slide").click();
      if (isOn()) range.focus({ preventScroll: true });
    },
    step(by) {
      if (!isOn()) return false;
      range.valueAsNumber += by;
      cut();
      return true;
    },
  };
}
