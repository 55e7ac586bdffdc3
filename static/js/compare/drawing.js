/* The picture with both answers, under a camera: what is on it keeps its size on the screen at any zoom. */

import { createCamera, visible } from "../viewport.js";
import { spread } from "./places.js";

const numbers = (text) => text.split(" ").map(Number);

/** Numbers and ticks, which stand at the corners of boxes: numbers first, so that they keep their places. */
function createMarks(svg, size) {
  const marks = [...svg.querySelectorAll(".badge[data-at]"), ...svg.querySelectorAll(".tick[data-at]")];
  const places = marks.map((mark) => numbers(mark.dataset.at));
  let now = places;
  function draw({ scale }) {
    now = spread(places, scale, size);
    for (const [index, [x, y]] of now.entries()) {
      marks[index].setAttribute("transform", `translate(${x} ${y}) scale(${1 / scale})`);
    }
  }
  /** What a number covers, as boxes in picture pixels. */
  const rooms = (scale, radius = 12) => now.map(([x, y]) => [x, y, 0, 0].map((value, at) => value + ((at < 2 ? -1 : 2) * radius) / scale));
  return { draw, rooms };
}

/** `onDraw(follow)` calls follow(view) whenever the picture was drawn anew. */
export function createDrawing(svg) {
  const stage = svg.parentElement;
  const { width, height } = svg.viewBox.baseVal;
  const size = [width, height];
  const stageSize = () => [stage.clientWidth, stage.clientHeight];
  const marks = createMarks(svg, size);
  const hatch = svg.querySelector("#hatch");
  const followers = [];

  function draw(view) {
    const [w, h] = stageSize().map((length) => length / view.scale);
    svg.setAttribute("viewBox", `${-view.x / view.scale} ${-view.y / view.scale} ${w} ${h}`);
    hatch?.setAttribute("patternTransform", `rotate(45) scale(${1 / view.scale})`);
    marks.draw(view);
    for (const follow of followers) follow(view);
  }

  const camera = createCamera(size, stageSize(), draw);
  camera.fit();
  return {
    svg,
    stage,
    size,
    camera,
    stageSize,
    rooms: () => marks.rooms(camera.view.scale),
    seen: () => visible(camera.view, size, stageSize()),
    onDraw(follow) {
      followers.push(follow);
      follow(camera.view);
    },
  };
}
