/* The one place where picture pixels become screen pixels and back. A view is {scale, x, y}: the
   picture's origin stands at (x, y) of the stage and one picture pixel is `scale` screen pixels.
   Views are values; every function returns a new one. */

const MAX_SCALE = 40;
const MAX_NEAR = 12; // a tiny box is not blown up further than this by "zoom to it"
const IN_SIGHT = 48; // screen pixels of the picture that can never be pushed off the stage

const within = (number, low, high) => Math.min(Math.max(number, low), high);

/** Screen point → picture point. */
export const toPicture = (view, [x, y]) => [(x - view.x) / view.scale, (y - view.y) / view.scale];

/** Picture point → screen point. */
export const toScreen = (view, [x, y]) => [x * view.scale + view.x, y * view.scale + view.y];

/** The view that shows the box [x, y, w, h] whole and in the middle, with a margin in screen pixels. */
export function fit([x, y, w, h], [width, height], margin = 16) {
  const room = Math.min((width - 2 * margin) / w, (height - 2 * margin) / h);
  const scale = within(room, 0.01, MAX_SCALE);
  return { scale, x: width / 2 - (x + w / 2) * scale, y: height / 2 - (y + h / 2) * scale };
}

/** Zoomed to `scale`, the picture staying where it is under the screen point. */
export function zoomTo(view, [x, y], scale) {
  const ratio = scale / view.scale;
  return { scale, x: x - (x - view.x) * ratio, y: y - (y - view.y) * ratio };
}

/** Zoomed by a factor, but never beyond half of "fits" nor beyond forty screen pixels per pixel. */
export function zoomBy(view, point, factor, size, stage) {
  const least = Math.min(1, fit([0, 0, ...size], stage).scale) / 2;
  return zoomTo(view, point, within(view.scale * factor, least, MAX_SCALE));
}

/** Moved by screen pixels. */
export const panBy = (view, [dx, dy]) => ({ ...view, x: view.x + dx, y: view.y + dy });

/** Pulled back so far that a strip of the picture stays on the stage. */
export function keepInSight(view, [width, height], [stageWidth, stageHeight]) {
  return {
    scale: view.scale,
    x: within(view.x, IN_SIGHT - width * view.scale, stageWidth - IN_SIGHT),
    y: within(view.y, IN_SIGHT - height * view.scale, stageHeight - IN_SIGHT),
  };
}

const middle = ([a, b]) => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
const distance = ([a, b]) => Math.hypot(a[0] - b[0], a[1] - b[1]);

/** Two fingers that went from one pair of screen points to another: zoom and pan in one. */
export function pinch(view, before, after, size, stage) {
  const [from, to] = [middle(before), middle(after)];
  const factor = distance(after) / Math.max(distance(before), 1);
  return panBy(zoomBy(view, from, factor, size, stage), [to[0] - from[0], to[1] - from[1]]);
}

/** The part of the picture [x, y, w, h] that the stage shows, clipped to the picture. */
export function visible(view, [width, height], [stageWidth, stageHeight]) {
  const [x1, y1] = toPicture(view, [0, 0]).map((edge) => Math.max(edge, 0));
  const [x2, y2] = toPicture(view, [stageWidth, stageHeight]);
  return [x1, y1, Math.min(x2, width) - x1, Math.min(y2, height) - y1];
}

/** A view that is kept sensible and follows the stage: starts with the whole picture, and stays whole
    while nobody zoomed or panned. `apply(view)` draws it. */
export function createCamera(size, stageSize, apply) {
  const whole = [0, 0, ...size];
  let stage = stageSize;
  let view = fit(whole, stage);
  let fitted = true;

  const middleOfStage = () => [stage[0] / 2, stage[1] / 2];

  function set(next, isFitted = false) {
    fitted = isFitted;
    view = keepInSight(next, size, stage);
    apply(view);
  }

  function resize(next) {
    const by = [(next[0] - stage[0]) / 2, (next[1] - stage[1]) / 2];
    stage = next;
    set(fitted ? fit(whole, stage) : panBy(view, by), fitted);
  }

  return {
    get view() {
      return view;
    },
    get stage() {
      return stage;
    },
    set,
    resize,
    fit: () => set(fit(whole, stage), true),
    /** One box as large as leaves a quarter of the stage round it, but no larger than `MAX_NEAR`. */
    show(box) {
      const near = fit(box, stage, Math.min(...stage) / 4);
      const middle = [box[0] + box[2] / 2, box[1] + box[3] / 2];
      const scale = Math.min(near.scale, MAX_NEAR);
      set({ scale, x: stage[0] / 2 - middle[0] * scale, y: stage[1] / 2 - middle[1] * scale });
    },
    actual: () => set(zoomTo(view, middleOfStage(), 1)),
    zoom: (factor, point = middleOfStage()) => set(zoomBy(view, point, factor, size, stage)),
  };
}
