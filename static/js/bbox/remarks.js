/* What the inspector marked in the answer that was sent back: numbers that stay at their places of the picture. */

import { toScreen } from "../viewport.js";

export function addRemarks(desk) {
  const remarks = [...desk.stage.querySelectorAll("[data-remarks] > [data-at]")];
  const places = remarks.map(({ dataset }) => dataset.at.split(" ").map(Number));
  function draw(view) {
    for (const [index, remark] of remarks.entries()) {
      remark.setAttribute("transform", `translate(${toScreen(view, places[index])})`);
    }
  }
  desk.watchView(draw);
  draw(desk.camera.view);
}
