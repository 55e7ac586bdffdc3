/* What lies over the picture: one <svg> with a group in picture pixels for the boxes, and handles in
   screen pixels. Only nodes of regions that changed are touched. */

import { handlePoints } from "../geometry.js";
import { toScreen } from "../viewport.js";

const SVG = "http://www.w3.org/2000/svg";
const ROOM_FOR_GRIP = 40; // screen pixels of a side that carries a handle in its middle too
const CRISP_FROM = 3; // screen pixels of a picture's pixel from which each is shown as a square
const TRIANGLE = "M-22 16L-14 3L-6 16Z";
const CROSSED = new Set(["draw", "point"]); // what is done under the crosshair
const ROOM_FOR_MARK = 60; // screen pixels
const TAG_ABOVE = 28; // screen pixels from a box up to its readout

function make(name, className) {
  const node = document.createElementNS(SVG, name);
  node.setAttribute("class", className);
  return node;
}

function place(rect, [x, y, w, h]) {
  rect.setAttribute("x", x);
  rect.setAttribute("y", y);
  rect.setAttribute("width", w);
  rect.setAttribute("height", h);
}

/** Shows or hides what changes while a box is dragged. Not by the attribute `hidden`: style sheets ask for it
    in :has(), and a browser then looks at the whole page anew, in each frame. */
export function setSeen(node, isSeen) {
  const value = isSeen ? "visible" : "hidden";
  if (node.style.visibility !== value) node.style.visibility = value;
}

/** A box: a dark halo below a line in its label's colour. */
function createBoxNode() {
  const group = make("g", "region");
  group.append(make("rect", "halo"), make("rect", "line"));
  return group;
}

/** `labelOf(key)` gives a label's name and colour. The tag is the small readout at the touched box. */
export function createScene(stage, labelOf, { isHidden, isLocked }) {
  const svg = stage.querySelector("svg");
  const picture = stage.querySelector("img");
  const tag = stage.querySelector("[data-tag]");
  const tagText = document.createTextNode("");
  tag.append(tagText);
  const dragged = document.createElement("div");
  dragged.className = "dragged";
  svg.before(dragged);
  const crosshair = stage.querySelector("[data-crosshair]");
  const world = svg.querySelector("[data-world]");
  const grips = svg.querySelector("[data-grips]");
  const nodes = new Map(); // id → {node, region}
  let view = { scale: 1, x: 0, y: 0 };
  let focus = null; // the region that carries handles and readout
  let dragging = false;
  let doubted = []; // regions with a triangle

  const marks = make("g", "marks"); // a triangle at each box that something is to be said about
  svg.append(marks);

  grips.append(...handlePoints([0, 0, 0, 0]).map(([name]) => make("rect", `grip ${name}`)));

  function paint(entry, region, box) {
    const { node } = entry;
    if (entry.colour !== region.label) node.setAttribute("class", `region label-${labelOf(region.label).colour}`);
    for (const rect of node.children) place(rect, box);
    entry.colour = region.label;
  }

  function show(region) {
    let entry = nodes.get(region.id);
    if (entry?.region === region) return;
    if (!entry) {
      entry = { node: createBoxNode() };
      nodes.set(region.id, entry);
      world.append(entry.node);
    }
    entry.region = region;
    paint(entry, region, region.box);
  }

  /** Handles at the corners, and in the middle of sides that are long enough for one. */
  function drawGrips() {
    const [, , w, h] = focus.box.map((length) => length * view.scale);
    for (const [index, [name, point]] of handlePoints(focus.box).entries()) {
      const [x, y] = toScreen(view, point);
      const { style } = grips.children[index];
      style.transform = `translate(${x}px, ${y}px)`;
      style.display = name.length === 1 && ("ns".includes(name) ? w : h) < ROOM_FOR_GRIP ? "none" : "";
    }
  }

  function drawFocus() {
    const isSeen = focus !== null && !isHidden(focus.id);
    const hasGrips = isSeen && !dragging && !isLocked(focus.id); // a grip would cover the very side
    setSeen(grips, hasGrips);
    setSeen(tag, isSeen);
    setSeen(dragged, isSeen && dragging);
    if (!isSeen) return;
    if (hasGrips) drawGrips();
    if (dragging) drawDragged(focus.box);
    const [x, y, w, h] = focus.box;
    const label = labelOf(focus.label);
    const [left, top] = toScreen(view, [x, y]);
    const doubt = doubted.some(({ id }) => id === focus.id) ? "△ " : "";
    tagText.data = `${doubt}${label.name} ${Math.round(w)} × ${Math.round(h)}`;
    tag.style.transform = `translate(${Math.max(left, 0)}px, ${Math.max(top - TAG_ABOVE, 0)}px)`;
    if (tag.dataset.colour === String(label.colour)) return;
    tag.dataset.colour = label.colour;
    tag.className = `tag label-${label.colour}`;
    dragged.className = `dragged label-${label.colour}`;
  }

  function drop(id) {
    nodes.get(id)?.node.remove();
    nodes.delete(id);
  }

  function placeMarks() {
    doubted.forEach(({ box: [x, y, w] }, index) => {
      const [right, top] = toScreen(view, [x + w, y]);
      const aside = w * view.scale < ROOM_FOR_MARK ? 24 : 0; // beside a box that it would cover
      marks.children[index].setAttribute("transform", `translate(${right + aside} ${top})`);
    });
  }

  /** Triangles at these regions. */
  function mark(regions) {
    doubted = regions.filter(({ id }) => !isHidden(id));
    while (marks.childElementCount > doubted.length) marks.lastChild.remove();
    while (marks.childElementCount < doubted.length) {
      const triangle = make("path", "doubt");
      triangle.setAttribute("d", TRIANGLE);
      marks.append(triangle);
    }
    placeMarks();
    drawFocus();
  }

  /** Show these regions; the selected one thicker and with handles. */
  function update({ regions, verdict }, selected) {
    const ids = new Set(regions.map(({ id }) => id));
    for (const id of nodes.keys()) if (!ids.has(id)) drop(id);
    for (const region of regions) {
      show(region);
      const { classList } = nodes.get(region.id).node;
      classList.toggle("unseen", isHidden(region.id));
      classList.toggle("locked", isLocked(region.id));
    }
    if (focus?.id !== selected?.id) nodes.get(focus?.id)?.node.classList.remove("selected");
    focus = selected;
    dragging = false;
    nodes.get(selected?.id)?.node.classList.add("selected");
    svg.classList.toggle("set-aside", verdict !== null);
    drawFocus();
  }

  /** Show a region with another box while it is dragged, or the new one (id "new"). What is dragged is a
      layer of its own, so that the other boxes, however many, are not painted again in each frame. */
  function preview(region, box) {
    if (!dragging) nodes.get(region.id)?.node.classList.add("unseen");
    focus = { ...region, box };
    dragging = true;
    drawFocus();
  }

  function drawDragged([x, y, w, h]) {
    const [left, top] = toScreen(view, [x, y]);
    const { style } = dragged;
    style.transform = `translate(${left}px, ${top}px)`;
    style.width = `${w * view.scale}px`;
    style.height = `${h * view.scale}px`;
  }

  function setView(next) {
    view = next;
    const matrix = `${view.scale}, 0, 0, ${view.scale}, ${view.x}, ${view.y}`;
    picture.style.transform = `matrix(${matrix})`;
    picture.classList.toggle("crisp", view.scale >= CRISP_FROM);
    world.setAttribute("transform", `matrix(${matrix})`);
    drawFocus();
    placeMarks();
  }

  /** The crosshair and the cursor: what a press at this screen point would do. No point hides it. */
  function hover(point, kind, pointer) {
    const isCrossed = Boolean(point) && pointer !== "touch" && CROSSED.has(kind);
    setSeen(crosshair, isCrossed);
    if (kind && stage.dataset.cursor !== kind) stage.dataset.cursor = kind;
    if (!isCrossed) return;
    crosshair.firstElementChild.style.transform = `translateX(${point[0]}px)`;
    crosshair.lastElementChild.style.transform = `translateY(${point[1]}px)`;
  }

  return { update, preview, setView, hover, mark };
}
