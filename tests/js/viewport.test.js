import assert from "node:assert/strict";
import { test } from "node:test";

import { createCamera, fit, keepInSight, pinch, toPicture, toScreen, visible, zoomBy } from "../../static/js/viewport.js";

const SIZE = [1280, 800];
const STAGE = [640, 600];
const near = (actual, expected, within = 1e-9) =>
  actual.forEach((value, index) => assert.ok(Math.abs(value - expected[index]) <= within, `${actual} is not ${expected}`));

test("screen and picture points are each other's inverse", () => {
  const view = { scale: 0.37, x: -12.5, y: 81.25 };

  near(toScreen(view, toPicture(view, [123.4, 56.7])), [123.4, 56.7]);
});

test("fit shows the whole picture in the middle", () => {
  const view = fit([0, 0, ...SIZE], STAGE, 20);

  assert.equal(view.scale, 600 / 1280);
  near(toScreen(view, [640, 400]), [320, 300]);
});

test("zooming keeps what is under the pointer where it is", () => {
  const view = fit([0, 0, ...SIZE], STAGE);
  const pointer = [100, 200];
  const under = toPicture(view, pointer);

  near(toPicture(zoomBy(view, pointer, 3.7, SIZE, STAGE), pointer), under);
});

test("zoom ends at forty screen pixels a pixel and at half of whole", () => {
  const view = fit([0, 0, ...SIZE], STAGE);

  assert.equal(zoomBy(view, [0, 0], 1e6, SIZE, STAGE).scale, 40);
  assert.equal(zoomBy(view, [0, 0], 1e-6, SIZE, STAGE).scale, view.scale / 2);
});

test("a strip of the picture always stays on the stage", () => {
  const { x, y } = keepInSight({ scale: 1, x: -99999, y: 99999 }, SIZE, STAGE);

  assert.equal(x, 48 - 1280);
  assert.equal(y, 600 - 48);
});

test("two fingers keep the two places that they hold", () => {
  const view = { scale: 1, x: 0, y: 0 };
  const before = [[100, 100], [200, 100]];
  const after = [[80, 140], [280, 140]];
  const pinched = pinch(view, before, after, SIZE, STAGE);

  assert.equal(pinched.scale, 2);
  near(toPicture(pinched, after[0]), toPicture(view, before[0]));
  near(toPicture(pinched, after[1]), toPicture(view, before[1]));
});

test("what is seen is told in picture pixels, clipped to the picture", () => {
  assert.deepEqual(visible({ scale: 2, x: -200, y: 100 }, SIZE, STAGE), [100, 0, 320, 250]);
});

test("a camera stays whole while nobody zoomed, and keeps its middle once somebody did", () => {
  const views = [];
  const camera = createCamera(SIZE, STAGE, (view) => views.push(view));

  camera.resize([1000, 900]);
  assert.deepEqual(views.at(-1), fit([0, 0, ...SIZE], [1000, 900]));

  camera.actual();
  const middle = toPicture(camera.view, [500, 450]);
  camera.resize([800, 700]);
  near(toPicture(camera.view, [400, 350]), middle);
  assert.equal(camera.view.scale, 1);
});

test("a camera shows one box large and in the middle, but blows a tiny one up no further than twelve times", () => {
  let view;
  const camera = createCamera([4000, 3000], [1000, 800], (next) => (view = next));
  camera.show([1000, 1000, 800, 400]);
  assert.deepEqual(toScreen(view, [1400, 1200]), [500, 400]);
  assert.equal(view.scale, 0.75);
  camera.show([2000, 2000, 2, 2]);
  assert.equal(view.scale, 12);
});
