/* Extreme points: a box from four clicks on an object's top, left, bottom and right, in any order. */

import { boxAround } from "../geometry.js";
import { toScreen } from "../viewport.js";

const NEEDED = 4;
const SVG = "http://www.w3.org/2000/svg";
const CROSS = "M-7 0H7M0 -7V7";

/** Shows the points on the stage, from now until `signal` aborts. */
export function createExtremes(desk) {
  const layer = document.createElementNS(SVG, "g");
  desk.stage.querySelector("svg").append(layer);
  let points = [];

  function place() {
    points.forEach((point, index) => {
      const [x, y] = toScreen(desk.camera.view, point);
      layer.children[index].setAttribute("transform", `translate(${x} ${y})`);
    });
  }

  function draw() {
    while (layer.childElementCount > points.length) layer.lastChild.remove();
    while (layer.childElementCount < points.length) {
      const mark = document.createElementNS(SVG, "g");
      mark.setAttribute("class", "extreme");
      mark.append(...["halo", "line"].map((name) => {
        const cross = document.createElementNS(SVG, "path");
        cross.setAttribute("d", CROSS);
        cross.setAttribute("class", name);
        return cross;
      }));
      layer.append(mark);
    }
    place();
  }

  desk.watchView(place);
  return {
    get count() {
      return points.length;
    },
    /** One point more; the fourth makes the box. */
    add(point) {
      points = [...points, point];
      if (points.length < NEEDED) {
        draw();
        return desk.tell("point", { n: points.length });
      }
      const box = boxAround(points, desk.size);
      points = [];
      draw();
      return desk.add(box);
    },
    /** The last point is taken back; false when there is none. */
    takeBack() {
      if (!points.length) return false;
      points = points.slice(0, -1);
      draw();
      desk.tell("point", { n: points.length });
      return true;
    },
    clear() {
      points = [];
      draw();
    },
  };
}
