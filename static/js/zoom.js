/* A picture that is looked at, not drawn on: wheel, fingers, keys and buttons zoom and move it. */

import { createDetail } from "./detail.js";
import { createKeymap } from "./keys.js";
import { watchPicture } from "./picture.js";
import { createCamera, panBy, pinch } from "./viewport.js";

const KEYS = {
  zoomIn: ["Equal", "Shift+Equal", "NumpadAdd"],
  zoomOut: ["Minus", "NumpadSubtract"],
  actual: ["Digit0", "Numpad0"],
  fit: ["KeyF"],
};
const CRISP_FROM = 3; // screen pixels per pixel of the picture

/** One pointer moves the picture, two zoom it too. */
function watchPointers(stage, camera, size, signal) {
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
    if (event.target.closest("button") || held.size > 1) return;
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

/** Mounted on the stage of a picture; its buttons stand beside it. Returns its unmount. */
export function mount(stage) {
  const stop = new AbortController();
  const { signal } = stop;
  const image = stage.querySelector("img");
  const { picture } = JSON.parse(stage.closest("[data-editor]").dataset.config);
  const size = [picture.width, picture.height];
  const look = picture.preview ? createDetail(image, picture, picture.preview, signal) : () => {};
  const measure = () => [stage.clientWidth, stage.clientHeight];
  stage.classList.remove("still");
  stage.classList.add("looking");
  const camera = createCamera(size, measure(), (view) => {
    const { x, y, scale } = view;
    look(view);
    image.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
    image.classList.toggle("crisp", scale * devicePixelRatio >= CRISP_FROM);
  });
  camera.fit();
  const commands = {
    zoomIn: () => camera.zoom(1.25),
    zoomOut: () => camera.zoom(0.8),
    actual: () => camera.actual(),
    fit: () => camera.fit(),
  };
  const actionOf = createKeymap(KEYS);
  const press = (event) => {
    const command = event.defaultPrevented ? null : commands[actionOf(event)];
    if (!command) return;
    event.preventDefault();
    command();
  };
  const click = ({ target }) => commands[target.closest("[data-command]")?.dataset.command]?.();
  const observer = new ResizeObserver(() => camera.resize(measure()));
  observer.observe(stage);
  watchPicture(stage, signal);
  watchPointers(stage, camera, size, signal);
  document.addEventListener("keydown", press, { signal });
  stage.parentElement.addEventListener("click", click, { signal });
  stage.dataset.ready = "all";
  return () => {
    stop.abort();
    observer.disconnect();
  };
}
