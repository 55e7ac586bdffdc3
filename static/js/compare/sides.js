/* The errors of sides on the picture: arrows with signed pixels for the finding that is shown closely, a
   small mark on each side that lies off for all others. */

import { arrowsOf, ticksOf } from "./places.js";

const SVG = "http://www.w3.org/2000/svg";
const HEAD = 6; // screen pixels

function make(name, attributes, text = "") {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.textContent = text;
  return element;
}

/** A group of the same path twice: a halo, and the line on it. */
function lines(attributes, d) {
  const group = make("g", attributes);
  group.append(make("path", { class: "halo", d }), make("path", { class: "line", d }));
  return group;
}

function drawArrow({ side, text, from, to, at }, scale) {
  const [dx, dy] = [Math.sign(to[0] - from[0]) * (HEAD / scale), Math.sign(to[1] - from[1]) * (HEAD / scale)];
  const barb = (turn) => `M${to} L${to[0] - dx + turn * dy},${to[1] - dy + turn * dx}`;
  const arrow = lines({ class: "arrow", "data-side": side }, `M${from} L${to} ${barb(1)} ${barb(-1)}`);
  arrow.append(make("text", { transform: `translate(${at}) scale(${1 / scale})`, y: 5 }, text));
  return arrow;
}

/** `findings` are links of findings; returns show(link), which draws the arrows of that one, or of none. */
export function addSides(findings, { svg, rooms, seen, onDraw }) {
  const layer = svg.querySelector("[data-sides-here]");
  const boxOf = (kind, number) => svg.querySelector(`[data-${kind}="${number}"]`)?.dataset.box.split(" ").map(Number);
  const errors = new Map();
  for (const { dataset } of findings) {
    if (!dataset.sides) continue;
    const [mine, gold] = [boxOf("mine", dataset.mine), boxOf("gold", dataset.gold)];
    if (mine && gold) errors.set(dataset.number, { mine, gold, sides: JSON.parse(dataset.sides) });
  }
  const ticks = [...errors.values()].flatMap(ticksOf);
  const small = ticks.map(() => lines({ class: "off" }, "M-5 -4L0 0L-5 4"));
  let shown = null;

  function draw({ scale }) {
    const errorsShown = shown && errors.get(shown.dataset.number);
    if (!errorsShown) {
      for (const [index, { at, turn }] of ticks.entries()) {
        small[index].setAttribute("transform", `translate(${at}) scale(${1 / scale}) rotate(${turn})`);
      }
    }
    const arrows = errorsShown && arrowsOf({ ...errorsShown, scale, seen: seen(), taken: rooms() });
    layer.replaceChildren(...(arrows ? arrows.map((arrow) => drawArrow(arrow, scale)) : shown ? [] : small));
  }

  let view = { scale: 1 };
  onDraw((now) => draw((view = now)));
  return (link) => {
    shown = link;
    draw(view);
  };
}
