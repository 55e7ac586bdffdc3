/* The island of an inspection: each object is right or wrong for a reason, and empty places are marked where
   something is missing. The list holds it all in its own fields; the picture only shows it. */

import { mountOn } from "./compare.js";
import { holdWhileActive } from "./hold.js";
import { toPicture } from "./viewport.js";

const SLIP = 4; // screen pixels that a click may move and still be none of moving the picture
const STEP = 1;
const FAR_STEP = 10; // picture pixels that arrow keys move a mark by, the latter with Shift
const SVG = "http://www.w3.org/2000/svg";
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** The objects of the list; returns what keys and clicks do to them. */
function addRegions(section, drawing, signal) {
  const rows = [...section.querySelectorAll("[data-region]")];
  const boxes = rows.map(({ dataset }) => drawing.svg.querySelector(`[data-mine="${dataset.region}"]`));
  const badges = rows.map(({ dataset }) => drawing.svg.querySelector(`.badge[data-of="${dataset.region}"]`));
  let picked = -1;
  let lastReason = section.querySelector("[data-regions]")?.dataset.likeliest ?? "";

  function pick(index) {
    if (!rows[index]) return;
    picked = index;
    for (const [at, row] of rows.entries()) {
      row.querySelector("[data-pick]").setAttribute("aria-pressed", String(at === index));
      boxes[at].classList.toggle("here", at === index);
      badges[at].classList.toggle("here", at === index);
    }
    rows[index].scrollIntoView({ block: "nearest" });
  }

  function show(index, verdict) {
    const row = rows[index];
    row.dataset.verdict = verdict;
    row.querySelector("[data-right]").setAttribute("aria-pressed", String(verdict === "right"));
    row.querySelector("[data-wrong]").setAttribute("aria-pressed", String(verdict === "wrong"));
    badges[index].dataset.verdict = verdict;
    badges[index].querySelector("text").textContent = `${index + 1}${{ right: "✓", wrong: "✕" }[verdict] ?? ""}`;
  }

  function judge(index, verdict) {
    if (!rows[index]) return;
    pick(index);
    const select = rows[index].querySelector("select");
    if (verdict === "right") select.value = "";
    else if (!select.value) select.value = lastReason;
    show(index, verdict);
    if (verdict === "wrong") select.focus();
  }

  function choose(index, { value }) {
    lastReason = value || lastReason;
    show(index, value ? "wrong" : "");
  }

  for (const [index, row] of rows.entries()) {
    row.querySelector("[data-pick]").addEventListener("click", () => pick(index), { signal });
    row.querySelector("[data-right]").addEventListener("click", () => judge(index, "right"), { signal });
    row.querySelector("[data-wrong]").addEventListener("click", () => judge(index, "wrong"), { signal });
    row.querySelector("select").addEventListener("change", (event) => choose(index, event.target), { signal });
    show(index, row.dataset.verdict ?? "");
  }

  const area = ({ dataset }) => dataset.box.split(" ").map(Number);
  return {
    pick,
    step: (by) => pick(picked < 0 ? 0 : (picked + by + rows.length) % rows.length),
    right: () => judge(Math.max(picked, 0), "right"),
    wrong: () => judge(Math.max(picked, 0), "wrong"),
    /** The smallest object round a point of the picture, by its number in the list; -1 where there is none. */
    at([px, py]) {
      const round = boxes.map((box, index) => ({ index, box: area(box) }));
      const inside = round.filter(({ box: [x, y, w, h] }) => px >= x && px <= x + w && py >= y && py <= y + h);
      inside.sort((one, other) => one.box[2] * one.box[3] - other.box[2] * other.box[3]);
      return inside[0]?.index ?? -1;
    },
  };
}

function createCross() {
  const group = document.createElementNS(SVG, "g");
  for (const name of ["halo", "line"]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("class", name);
    path.setAttribute("d", "M-9 0H9M0 -9V9");
    group.append(path);
  }
  return group;
}

/** Places where something is missing: rows of the list, and crosses on the picture. */
function addPlaces(section, drawing, signal) {
  const list = section.querySelector("[data-places]");
  const layer = drawing.svg.querySelector("[data-places-here]");
  const template = section.querySelector("[data-place]");
  const fields = (row) => ["x", "y"].map((name) => row.querySelector(`[name=place-${name}]`));
  let scale = drawing.camera.view.scale;

  function draw() {
    while (layer.childElementCount > list.childElementCount) layer.lastChild.remove();
    while (layer.childElementCount < list.childElementCount) layer.append(createCross());
    for (const [index, row] of [...list.children].entries()) {
      const [x, y] = fields(row).map(({ value }) => Number(value));
      layer.children[index].setAttribute("transform", `translate(${x} ${y}) scale(${1 / scale})`);
    }
  }

  function place(row, point) {
    for (const [axis, field] of fields(row).entries()) {
      field.value = Math.round(Math.min(Math.max(point[axis], 0), drawing.size[axis]) * 10) / 10;
    }
    draw();
  }

  function add(point) {
    list.append(template.content.cloneNode(true));
    const row = list.lastElementChild;
    place(row, point);
    row.scrollIntoView({ block: "nearest" });
    return row;
  }

  function press(event) {
    const row = event.target.closest("li");
    if (event.target.closest("[data-take-away]")) row.remove();
    draw();
  }

  function move(event) {
    const by = ARROWS[event.code];
    if (!by || !event.target.matches("[data-grip]")) return;
    event.preventDefault();
    const row = event.target.closest("li");
    const step = event.shiftKey ? FAR_STEP : STEP;
    place(row, fields(row).map(({ value }, axis) => Number(value) + by[axis] * step));
  }

  list.addEventListener("click", press, { signal });
  list.addEventListener("input", draw, { signal });
  list.addEventListener("keydown", move, { signal });
  drawing.onDraw((view) => {
    scale = view.scale;
    draw();
  });
  return {
    add,
    addInMiddle() {
      const [x, y, w, h] = drawing.seen();
      add([x + w / 2, y + h / 2]).querySelector("[data-grip]").focus();
    },
  };
}

/** A click on the picture picks an object, or marks an empty place. */
function addClicks({ stage, camera, size }, regions, places, signal) {
  let from = null;
  const down = (event) => (from = event.button === 0 && event.target.closest("svg.compare") ? event : null);
  function up(event) {
    const start = from;
    from = null;
    if (!start || Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) > SLIP) return;
    const badge = start.target.closest("[data-of]");
    const { left, top } = stage.getBoundingClientRect();
    const point = toPicture(camera.view, [event.clientX - left, event.clientY - top]);
    const found = badge ? Number(badge.dataset.of) : event.shiftKey ? -1 : regions.at(point);
    if (found >= 0) regions.pick(found);
    else if (point.every((value, axis) => value >= 0 && value <= size[axis])) places.add(point);
  }
  stage.addEventListener("pointerdown", down, { signal });
  stage.addEventListener("pointerup", up, { signal });
}

/** In a field of the list, Enter and Escape only give the keys back to the page. */
function addWayOut(form, signal) {
  const leave = (event) => {
    if (!event.target.matches("select, input[type=number]") || !["Enter", "NumpadEnter", "Escape"].includes(event.code)) return;
    event.preventDefault();
    event.target.blur();
  };
  form.addEventListener("keydown", leave, { signal });
}

/** Mounted on the section of an inspection; returns its unmount. */
export function mount(section) {
  if (section.dataset.nextPicture) new Image().src = section.dataset.nextPicture;
  const form = section.querySelector("#verdict");
  return mountOn(section, (drawing, signal) => {
    if (section.dataset.hold) holdWhileActive(section.dataset.hold, signal);
    if (!drawing || !form?.querySelector("[data-places]")) return {};
    const [regions, places] = [addRegions(section, drawing, signal), addPlaces(section, drawing, signal)];
    addClicks(drawing, regions, places, signal);
    addWayOut(form, signal);
    form.querySelector("[data-missing]").addEventListener("click", places.addInMiddle, { signal });
    const digits = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) => [`Digit${digit}`, () => regions.pick(digit - 1)]);
    const arrows = { ArrowUp: () => regions.step(-1), ArrowDown: () => regions.step(1) };
    return { ...Object.fromEntries(digits), ...arrows, KeyY: regions.right, KeyX: regions.wrong, KeyM: places.addInMiddle };
  });
}
