/* Boxes are [x, y, w, h] in pixels of the upright picture, points [x, y], sizes [width, height].
   Nothing here knows the screen. Edges are continuous: a box may touch the picture's border. */

/** Shortest side of a box that may be kept, in picture pixels. */
export const MIN_SIDE = 1;

const round = (number) => Math.round(number * 100) / 100;
const within = (number, low, high) => Math.min(Math.max(number, low), high);

/** The box between two edges each way, rounded to a hundredth of a pixel. */
function fromEdges(left, top, right, bottom) {
  const [x, y] = [round(left), round(top)];
  return [x, y, round(round(right) - x), round(round(bottom) - y)];
}

/** `point` moved to the nearest place on the picture. */
export function clampPoint([x, y], [width, height]) {
  return [within(x, 0, width), within(y, 0, height)];
}

/** The box dragged out between two points in any direction, clipped to the picture. */
export function boxBetween(a, b, size) {
  const [[x1, y1], [x2, y2]] = [clampPoint(a, size), clampPoint(b, size)];
  return fromEdges(Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2));
}

/** Is the box big enough on both sides to be kept? */
export function isDrawn([, , w, h]) {
  return w >= MIN_SIDE && h >= MIN_SIDE;
}

/** The box moved by (dx, dy), stopped at the picture's border, size unchanged. */
export function moveBox([x, y, w, h], [dx, dy], [width, height]) {
  return [round(within(x + dx, 0, width - w)), round(within(y + dy, 0, height - h)), w, h];
}

/** One axis of a resize: the two edges after moving the named one, turned over when dragged through. */
function moveEdge(low, high, movesLow, movesHigh, by, end) {
  const a = movesLow ? within(low + by, 0, end) : low;
  const b = movesHigh ? within(high + by, 0, end) : high;
  const [from, to] = a <= b ? [a, b] : [b, a];
  if (to - from >= MIN_SIDE) return [from, to];
  const start = within(movesLow ? to - MIN_SIDE : from, 0, end - MIN_SIDE);
  return [start, start + MIN_SIDE];
}

/** The box with the sides named by `handle` ("n", "se", …) moved by (dx, dy), inside the picture. */
export function resizeBox([x, y, w, h], handle, [dx, dy], [width, height]) {
  const [left, right] = moveEdge(x, x + w, handle.includes("w"), handle.includes("e"), dx, width);
  const [top, bottom] = moveEdge(y, y + h, handle.includes("n"), handle.includes("s"), dy, height);
  return fromEdges(left, top, right, bottom);
}

/** A new box of `share` of the view's size, in its middle: where keyboard drawing starts. */
export function boxInMiddle([x, y, w, h], share, size) {
  const half = [(w * share) / 2, (h * share) / 2];
  const middle = [x + w / 2, y + h / 2];
  return boxBetween([middle[0] - half[0], middle[1] - half[1]], [middle[0] + half[0], middle[1] + half[1]], size);
}

/** The eight handles of a box: name and point. */
export function handlePoints([x, y, w, h]) {
  const [cx, cy, r, b] = [x + w / 2, y + h / 2, x + w, y + h];
  return [
    ["nw", [x, y]], ["n", [cx, y]], ["ne", [r, y]], ["e", [r, cy]],
    ["se", [r, b]], ["s", [cx, b]], ["sw", [x, b]], ["w", [x, cy]],
  ];
}

/** Side names that `point` is near to: a handle, or "" when it is near none (inside or far away).
    `slack` is in picture pixels; inwards it gives way on small boxes, so that they can be moved. */
export function handleAt([x, y, w, h], [px, py], slack) {
  const outside = px < x - slack || px > x + w + slack || py < y - slack || py > y + h + slack;
  if (outside) return "";
  const [inX, inY] = [Math.min(slack, w / 4), Math.min(slack, h / 4)];
  const vertical = py <= y + inY ? "n" : py >= y + h - inY ? "s" : "";
  const horizontal = px <= x + inX ? "w" : px >= x + w - inX ? "e" : "";
  return vertical + horizontal;
}

/** Does the box, made larger by `slack` all round, contain the point? */
export function contains([x, y, w, h], [px, py], slack = 0) {
  return px >= x - slack && px <= x + w + slack && py >= y - slack && py <= y + h + slack;
}

/** Ids of the regions under a point, smallest first. */
export function regionsAt(regions, point, slack = 0) {
  const hits = regions.filter(({ box }) => contains(box, point, slack));
  return hits.sort((a, b) => a.box[2] * a.box[3] - b.box[2] * b.box[3]).map(({ id }) => id);
}

/** The next region under a point after the selected one, so that repeated clicks go through a pile. */
export function nextRegionAt(regions, point, selected, slack = 0) {
  const ids = regionsAt(regions, point, slack);
  return ids[(ids.indexOf(selected) + 1) % ids.length] ?? null;
}

const edges = ([x, y, w, h]) => [x, y, x + w, y + h];

/** Intersection over union of two boxes, 0 to 1. */
export function iou(a, b) {
  const [[ax, ay, ar, ab], [bx, by, br, bb]] = [edges(a), edges(b)];
  const shared = Math.max(0, Math.min(ar, br) - Math.max(ax, bx)) * Math.max(0, Math.min(ab, bb) - Math.max(ay, by));
  const whole = a[2] * a[3] + b[2] * b[3] - shared;
  return whole > 0 ? shared / whole : 0;
}

/** The box that touches all of the points: what four clicks on an object's extremes mean, in any order. */
export function boxAround(points, size) {
  const [xs, ys] = [0, 1].map((axis) => points.map((point) => clampPoint(point, size)[axis]));
  return fromEdges(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys));
}

/** One axis of a box from elsewhere, put in order; says what had to be done. */
function tidyAxis(start, length, end) {
  const low = Math.min(start, start + length);
  const long = Math.abs(length);
  const turned = length < 0 ? "turned" : "";
  if (low >= end || low + long <= 0) {
    const kept = within(long, MIN_SIDE, end);
    return [low >= end ? end - kept : 0, kept, "moved"];
  }
  if (low >= 0 && low + long <= end + 1e-9 && long >= MIN_SIDE) return [low, long, turned];
  if (low >= 0 && low + long <= end) return [Math.min(low, end - MIN_SIDE), MIN_SIDE, "thickened"];
  const from = Math.min(Math.max(low, 0), end - MIN_SIDE);
  return [from, Math.max(Math.min(low + long, end) - from, MIN_SIDE), "clipped"];
}

const WORST = ["moved", "clipped", "thickened", "turned", ""];

/** A box from elsewhere, made one that may be kept: turned over, clipped, brought in from outside, at least
    a pixel thick; and the word for it, "" where nothing had to be done. Null when it is no box at all. */
export function tidyBox(box, [width, height]) {
  if (!Array.isArray(box) || box.length !== 4 || !box.every(Number.isFinite)) return null;
  const across = tidyAxis(box[0], box[2], width);
  const down = tidyAxis(box[1], box[3], height);
  const change = WORST.find((word) => across[2] === word || down[2] === word);
  return { box: change ? [across[0], down[0], across[1], down[1]] : box, change };
}

/** Regions from elsewhere, tidied; `changes` counts what was done to how many, "unreadable" among them. */
export function tidyRegions(regions, size) {
  const changes = {};
  const kept = [];
  for (const region of regions) {
    const tidy = typeof region?.label === "string" ? tidyBox(region.box, size) : null;
    const change = tidy ? tidy.change : "unreadable";
    if (change) changes[change] = (changes[change] ?? 0) + 1;
    if (tidy) kept.push(change ? { ...region, box: tidy.box } : region);
  }
  return { regions: kept, changes };
}
