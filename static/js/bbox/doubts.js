/* What is said beside a box, never done to it: nearly the same as another, smaller than the project asks
   for, or with a label that the project does not have. */

import { iou } from "../geometry.js";

const NEARLY_SAME = 0.8; // intersection over union from which two boxes of one label are probably one

/** Pairs of indexes of regions that are nearly the same: swept from left to right, so that far ones never meet. */
function samePairs(regions) {
  const order = regions.map((region, index) => ({ ...region, index })).sort((a, b) => a.box[0] - b.box[0]);
  const pairs = [];
  for (let at = 0; at < order.length; at += 1) {
    const one = order[at];
    const right = one.box[0] + one.box[2];
    for (let next = at + 1; next < order.length && order[next].box[0] < right; next += 1) {
      const other = order[next];
      if (one.label !== other.label || iou(one.box, other.box) < NEARLY_SAME) continue;
      pairs.push([Math.min(one.index, other.index), Math.max(one.index, other.index)]);
    }
  }
  return pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

/** Region id → its doubts, each {word, n}: the later of two that are nearly the same names the earlier. */
export function doubtsOf(regions, { minSide = 0, labels }) {
  const doubts = new Map();
  const add = ({ id }, doubt) => doubts.set(id, [...(doubts.get(id) ?? []), doubt]);
  const named = new Set();
  for (const [first, second] of samePairs(regions)) {
    if (!named.has(second)) add(regions[second], { word: "near_same", n: first + 1 });
    named.add(second);
  }
  for (const region of regions) {
    if (Math.min(region.box[2], region.box[3]) < minSide) add(region, { word: "tiny", n: minSide });
    if (!labels.includes(region.label)) add(region, { word: "unknown_label", n: region.label });
  }
  return doubts;
}
