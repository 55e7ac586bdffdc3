/* The loupe: the picture under the side or corner that is being dragged, enlarged, beside the pointer;
   and the readout of the pixel that the pointer is at. */

import { toScreen } from "../viewport.js";

const SIDE = 132; // screen pixels
const AWAY = 36; // from the place that it shows: a finger does not lie on it
const LINES = [["#10161ccc", 4], ["#ffffff", 1.5]];

const within = (number, low, high) => Math.min(Math.max(number, low), high);

/** Where the dragged sides of the box meet, as near to the pointer's `place` as they are. */
export function draggedCorner([x, y, w, h], handle, [px, py]) {
  const nearer = (pointer, low, high) => (Math.abs(pointer - low) < Math.abs(pointer - high) ? low : high);
  const isSide = handle.length === 1;
  const across = isSide && "ns".includes(handle) ? within(px, x, x + w) : nearer(px, x, x + w);
  const down = isSide && "ew".includes(handle) ? within(py, y, y + h) : nearer(py, y, y + h);
  return [across, down];
}

export function createLoupe(desk) {
  const { stage, size } = desk;
  const picture = stage.querySelector("img");
  const canvas = document.createElement("canvas");
  canvas.className = "loupe";
  canvas.hidden = true;
  canvas.setAttribute("aria-hidden", "true");
  stage.append(canvas);
  const context = canvas.getContext("2d");

  function stand(place) {
    const [x, y] = toScreen(desk.camera.view, place);
    const left = x + AWAY + SIDE < stage.clientWidth ? x + AWAY : x - AWAY - SIDE;
    const top = y - AWAY - SIDE > 0 ? y - AWAY - SIDE : y + AWAY;
    canvas.style.transform = `translate(${Math.max(left, 0)}px, ${top}px)`;
  }

  function drawBox([x, y, w, h], [left, top], zoom) {
    for (const [colour, width] of LINES) {
      context.strokeStyle = colour;
      context.lineWidth = width * devicePixelRatio;
      context.strokeRect((x - left) * zoom, (y - top) * zoom, w * zoom, h * zoom);
    }
  }

  return {
    /** Show the picture round `place`, with the box over it. */
    show(place, box) {
      if (!picture.complete || !picture.naturalWidth) return;
      const zoom = within(desk.camera.view.scale * 3, 4, 32) * devicePixelRatio; // canvas pixels for a picture's
      const side = Math.round(SIDE * devicePixelRatio);
      if (canvas.width !== side) canvas.width = canvas.height = side;
      const [left, top] = place.map((number) => number - side / zoom / 2);
      const ratio = picture.naturalWidth / size[0]; // a preview has fewer pixels
      context.clearRect(0, 0, side, side);
      context.imageSmoothingEnabled = ratio < 1;
      context.drawImage(picture, left * ratio, top * ratio, (side / zoom) * ratio, (side / zoom) * ratio, 0, 0, side, side);
      if (box) drawBox(box, [left, top], zoom);
      stand(place);
      canvas.hidden = false;
    },
    hide: () => (canvas.hidden = true),
  };
}

/** The readout: which pixel of the picture is under the pointer. */
export function createReadout(desk) {
  const readout = desk.stage.querySelector("[data-readout]");
  return (point, place) => {
    const inside = Boolean(point) && place.every((number, axis) => number >= 0 && number <= desk.size[axis]);
    readout.hidden = !inside;
    if (!inside) return;
    readout.textContent = place.map((number, axis) => Math.min(Math.floor(number), desk.size[axis] - 1)).join(", ");
    const [x, y] = [point[0] + 14, point[1] + 16];
    const left = x + 90 < desk.stage.clientWidth ? x : x - 104;
    const top = y + 24 < desk.stage.clientHeight ? y : y - 48;
    readout.style.transform = `translate(${left}px, ${top}px)`;
  };
}
