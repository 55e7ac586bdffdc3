/* Where numbers, ticks and arrows stand on a picture with two answers. Boxes are [x, y, w, h] in picture
   pixels; `scale` is screen pixels per picture pixel. Nothing here touches the page. */

const BADGE = 24; // screen pixels from one number to the next

/** Where each number stands: at its place, pushed aside where two would cover each other. */
export function spread(places, scale, [width, height]) {
  const taken = [];
  const isFree = ([x, y]) => taken.every(([a, b]) => Math.abs(a - x) >= BADGE || Math.abs(b - y) >= BADGE);
  const inside = (value, size) => Math.min(Math.max(value * scale, BADGE / 2), size * scale - BADGE / 2);
  for (const [x, y] of places) {
    const place = [inside(x, width), inside(y, height)];
    while (!isFree(place)) place[0] += BADGE;
    taken.push(place);
  }
  return taken.map(([x, y]) => [x / scale, y / scale]);
}

const LEAST = 18; // screen pixels: an error of half a pixel still has an arrow that can be seen
const GAP = 6; // from an arrow to its pixels
const LETTER = 7.6; // the width of one at the size that the style sheet gives
const LINE = 18; // the height of a line of them
const ALONG = [0.5, 0.68, 0.32, 0.86, 0.14]; // where along its side an arrow may stand, the best first

// Each side: which coordinate it is of (0 across, 1 down), and which way out is.
const SIDES = { left: [0, -1], top: [1, -1], right: [0, 1], bottom: [1, 1] };

const edge = (box, axis, out) => box[axis] + (out > 0 ? box[axis + 2] : 0);
const point = (axis, value, other) => (axis ? [other, value] : [value, other]);
const overlap = (a, b) => a[0] < b[0] + b[2] && b[0] < a[0] + a[2] && a[1] < b[1] + b[3] && b[1] < a[1] + a[3];
const isWithin = (a, b) => a[0] >= b[0] && a[1] >= b[1] && a[0] + a[2] <= b[0] + b[2] && a[1] + a[3] <= b[1] + b[3];

/** The stretch of a side that both boxes have, or mine where they have none in common. */
function stretch(mine, gold, axis) {
  const other = 1 - axis;
  const from = Math.max(mine[other], gold[other]);
  const to = Math.min(mine[other] + mine[other + 2], gold[other] + gold[other + 2]);
  return from < to ? [from, to] : [mine[other], mine[other] + mine[other + 2]];
}

/** Which way a side of mine went off from gold's: -1 to the left or up, 1 to the right or down. */
const wayOf = (mine, gold, axis, out) => Math.sign(edge(mine, axis, out) - edge(gold, axis, out)) || out;

/** One small mark for each side that lies off: where it stands, and its turn in degrees. */
export function ticksOf({ mine, gold, sides }) {
  return sides.map(([side]) => {
    const [axis, out] = SIDES[side];
    const [from, to] = stretch(mine, gold, axis);
    const way = wayOf(mine, gold, axis, out);
    return { side, at: point(axis, edge(mine, axis, out), (from + to) / 2), turn: axis ? way * 90 : way > 0 ? 0 : 180 };
  });
}

/** Every place that an arrow and its pixels may have, the best first: outside the box, else inside. */
function* candidates({ mine, gold, scale }, [side, text]) {
  const [axis, out] = SIDES[side];
  const [meant, drawn] = [edge(gold, axis, out), edge(mine, axis, out)];
  const way = wayOf(mine, gold, axis, out);
  const tail = Math.abs(drawn - meant) * scale >= LEAST ? meant : drawn - (way * LEAST) / scale;
  const [low, high] = [Math.min(tail, drawn), Math.max(tail, drawn)];
  const size = [(text.length * LETTER) / scale, LINE / scale];
  const half = size[axis] / 2 + GAP / scale;
  const [from, to] = stretch(mine, gold, axis);
  for (const middle of [out > 0 ? high + half : low - half, out > 0 ? low - half : high + half]) {
    for (const share of ALONG) {
      const along = from + share * (to - from);
      const at = point(axis, middle, along);
      const room = [at[0] - size[0] / 2, at[1] - size[1] / 2, ...size];
      yield { side, text, from: point(axis, tail, along), to: point(axis, drawn, along), at, room };
    }
  }
}

/** An arrow for each side that lies off: from gold's side to mine, with its signed pixels at `at`, within
    what is `seen` of the picture, and clear of what is `taken` (both in boxes) and of each other. */
export function arrowsOf({ seen, taken = [], ...boxes }) {
  const arrows = [];
  for (const side of boxes.sides) {
    const all = [...candidates(boxes, side)];
    const isFree = ({ room }) => [...taken, ...arrows.map((arrow) => arrow.room)].every((other) => !overlap(room, other));
    const inSight = all.filter(({ room }) => isWithin(room, seen));
    arrows.push(inSight.find(isFree) ?? inSight[0] ?? all[0]);
  }
  return arrows;
}
