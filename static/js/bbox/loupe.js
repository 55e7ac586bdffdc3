/* The loupe: the picture under the side or corner that is being dragged, enlarged, beside the pointer;
   and the readout of the pixel that the pointer is at. */

import { toScreen } from "../viewport.js";
import { setSeen } from "./scene.js";

const SIDE = 132; // screen pixels
const AWAY = 36; // from the place that it shows: a finger does not lie on it
const PIECE = 512; // the picture's own pixels
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

/** A piece of the picture, cut anew when one looks outside it: drawing from all of a large picture takes long. */
function createPiece(picture) {
  const piece = new OffscreenCanvas(PIECE, PIECE);
  const context = piece.getContext("2d");
  let from = null; // its corner in the picture's own pixels
  let source = "";
  return ([left, top], side) => {
    const isIn = (number, axis) => number >= from[axis] && number + side <= from[axis] + PIECE;
    if (source !== picture.currentSrc || ![left, top].every(isIn)) {
      from = [left, top].map((number) => Math.floor(number + side / 2 - PIECE / 2));
      source = picture.currentSrc;
      context.clearRect(0, 0, PIECE, PIECE);
      context.drawImage(picture, -from[0], -from[1]);
    }
    return [piece, left - from[0], top - from[1]];
  };
}

export function createLoupe(desk) {
  const { stage, size } = desk;
  const picture = stage.querySelector("img");
  const canvas = document.createElement("canvas");
  canvas.className = "loupe";
  setSeen(canvas, false);
  canvas.setAttribute("aria-hidden", "true");
  stage.append(canvas);
  const context = canvas.getContext("2d");
  const cut = createPiece(picture);

  function stand(place) {
    const [x, y] = toScreen(desk.camera.view, place);
    const left = x + AWAY + SIDE < desk.camera.stage[0] ? x + AWAY : x - AWAY - SIDE;
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
      const seen = (side / zoom) * ratio;
      const [piece, x, y] = cut([left * ratio, top * ratio], seen);
      context.drawImage(piece, x, y, seen, seen, 0, 0, side, side);
      if (box) drawBox(box, [left, top], zoom);
      stand(place);
      setSeen(canvas, true);
    },
    hide: () => setSeen(canvas, false),
  };
}

/** The readout: which pixel of the picture is under the pointer. */
export function createReadout(desk) {
  const readout = desk.stage.querySelector("[data-readout]");
  const text = document.createTextNode("");
  readout.append(text);
  return (point, place) => {
    const inside = Boolean(point) && place.every((number, axis) => number >= 0 && number <= desk.size[axis]);
    setSeen(readout, inside);
    if (!inside) return;
    text.data = place.map((number, axis) => Math.min(Math.floor(number), desk.size[axis] - 1)).join(", ");
    const [x, y] = [point[0] + 14, point[1] + 16];
    const left = x + 90 < desk.camera.stage[0] ? x : x - 104;
    const top = y + 24 < desk.camera.stage[1] ? y : y - 48;
    readout.style.transform = `translate(${left}px, ${top}px)`;
  };
}
