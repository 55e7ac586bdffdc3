/* Looking at a picture with mouse, pen and fingers: one pointer moves it, two zoom it too, and so does the wheel. */

import { panBy, pinch } from "./viewport.js";

const HAS_OWN_PRESS = "button, input, [data-press]"; // stands on the stage, and is pressed for itself

/** Lets pointers move `camera` over `stage`; `size` is the picture's. */
export function watchPointers(stage, camera, size, signal) {
  const held = new Map(); // pointer id → its place on the stage
  const place = ({ clientX, clientY }) => {
    const { left, top } = stage.getBoundingClientRect();
    return [clientX - left, clientY - top];
  };
  const move = (event) => {
    const before = held.get(event.pointerId);
    if (!before) return;
    const from = [...held.values()];
    held.set(event.pointerId, place(event));
    const to = [...held.values()];
    if (from.length > 1) camera.set(pinch(camera.view, from, to, size, camera.stage));
    else camera.set(panBy(camera.view, [to[0][0] - from[0][0], to[0][1] - from[0][1]]));
  };
  const down = (event) => {
    if (event.target.closest(HAS_OWN_PRESS) || held.size > 1) return;
    held.set(event.pointerId, place(event));
    stage.setPointerCapture(event.pointerId);
  };
  const up = ({ pointerId }) => held.delete(pointerId);
  const wheel = (event) => {
    event.preventDefault();
    camera.zoom(1.0015 ** -event.deltaY, place(event));
  };
  stage.addEventListener("pointerdown", down, { signal });
  stage.addEventListener("pointermove", move, { signal });
  for (const name of ["pointerup", "pointercancel", "lostpointercapture"]) stage.addEventListener(name, up, { signal });
  stage.addEventListener("wheel", wheel, { signal, passive: false });
}
