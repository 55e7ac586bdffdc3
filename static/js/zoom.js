/* A picture that is looked at, not drawn on: wheel, fingers, keys and buttons zoom and move it. */

import { createDetail } from "./detail.js";
import { createKeymap } from "./keys.js";
import { watchPicture } from "./picture.js";
import { watchPointers } from "./pointers.js";
import { createCamera } from "./viewport.js";

const KEYS = {
  zoomIn: ["Equal", "Shift+Equal", "NumpadAdd"],
  zoomOut: ["Minus", "NumpadSubtract"],
  actual: ["Digit0", "Numpad0"],
  fit: ["KeyF"],
};
const CRISP_FROM = 3; // screen pixels per pixel of the picture

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
