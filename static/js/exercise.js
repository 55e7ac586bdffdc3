/* The island of a verdict in inspection practice: a fault is pointed at in the picture, by pressing it or with
   arrow keys; once anything is chosen, Enter sends back and no longer accepts. Where the verdict is told, it
   only shows what was pointed at. The form works without it. */

import { clampPoint, regionsAt } from "./geometry.js";

const SVG = "http://www.w3.org/2000/svg";
const STILL = 6; // screen pixels: a press that moves further moves the picture
const STEPS = 40; // arrow keys to go from one end of the picture to the other
const SLACK = 6; // screen pixels beside a box that still press it
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const numbers = (text) => text.split(" ").map(Number);
const tenth = (number) => Math.round(number * 10) / 10;

/** What is pointed at, on the picture: mark(place), a region's number as text, or a point, or null. */
function createMark(svg) {
  const image = svg.querySelector("image");
  const size = ["width", "height"].map((key) => Number(image.getAttribute(key)));
  const cross = document.createElementNS(SVG, "g");
  cross.setAttribute("class", "pointed");
  for (const name of ["halo", "line"]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("class", name);
    cross.append(path);
  }
  svg.append(cross);
  const regions = [...svg.querySelectorAll("[data-mine]")];
  function mark(place) {
    for (const region of regions) region.classList.toggle("pointed-at", region.dataset.mine === place);
    const point = Array.isArray(place) ? place : null;
    cross.toggleAttribute("hidden", !point);
    for (const path of cross.children) path.setAttribute("d", point ? `M0 ${point[1]}H${size[0]}M${point[0]} 0V${size[1]}` : "");
  }
  return { mark, size, remove: () => cross.remove(), regions: regions.map(({ dataset }) => ({ id: dataset.mine, box: numbers(dataset.box) })) };
}

/** Calls press(point, slack), both in picture pixels, when the picture is pressed and not moved. */
function watchPresses(svg, press, signal) {
  const stage = svg.parentElement;
  let from = null;
  stage.addEventListener("pointerdown", (event) => (from = event.isPrimary && event.button === 0 ? event : null), { signal });
  function up(event) {
    const isPress = from?.pointerId === event.pointerId && Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY) < STILL;
    from = null;
    if (!isPress) return;
    const matrix = svg.getScreenCTM();
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    press([x, y], SLACK / matrix.a);
  }
  stage.addEventListener("pointerup", up, { signal });
}

/** The radios and fields of the form that say where the fault is. */
function createPlaces(form, { mark, size, regions }) {
  const { x, y } = form.elements;
  const radios = [...form.querySelectorAll("input[name=place]")];
  const chosen = () => radios.find((radio) => radio.checked)?.value;
  const point = () => (x.value && y.value ? [x.valueAsNumber, y.valueAsNumber] : null);

  function show() {
    const isMissing = chosen() === "missing";
    for (const field of [x, y]) field.required = isMissing;
    mark(isMissing ? point() : (chosen() ?? null));
  }
  function choose(value) {
    const radio = radios.find((other) => other.value === value);
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    radio.focus();
  }
  function put(to) {
    [x.value, y.value] = clampPoint(to, size).map(tenth);
  }
  /** A region under the point, the smallest first; pressed again, what lies beneath, then an empty place. */
  function press(at, slack) {
    const under = [...regionsAt(regions, at, slack), "missing"];
    const before = under.indexOf(chosen());
    const isOnEmpty = before === under.length - 1 && under.length > 1 && Math.hypot(x.value - at[0], y.value - at[1]) > slack;
    const next = isOnEmpty ? "missing" : under[(before + 1) % under.length];
    if (next === "missing") put(at);
    choose(next);
  }
  function arrow(event) {
    const way = ARROWS[event.code];
    if (!way || ![x, y].includes(event.target)) return;
    event.preventDefault();
    const from = point() ?? size.map((length) => length / 2);
    put(from.map((value, axis) => value + way[axis] * (event.shiftKey ? 1 : size[axis] / STEPS)));
    choose("missing");
    event.target.focus();
  }
  return { show, press, arrow };
}

/** Enter and the filled button go to sending back once a fault or a reason is chosen, or R was pressed. */
function createButtons(form) {
  const [back, accept] = ["rejected", "accepted"].map((value) => document.querySelector(`button[form="${form.id}"][value="${value}"]`));
  const set = (button, isNext, key) => {
    button.classList.toggle("filled", isNext);
    button.dataset.key = isNext ? "Enter" : `Key${key}`;
    button.querySelector("kbd").textContent = isNext ? "⏎" : key;
  };
  function prefer(isBack) {
    set(back, isBack, "R");
    set(accept, !isBack, "A");
  }
  return { back, prefer };
}

/** Mounted on the form of a verdict, or on what tells of one; returns its unmount. */
export function mount(root) {
  const stop = new AbortController();
  const { signal } = stop;
  const svg = root.closest("section.frame").querySelector("svg.compare");
  const drawn = svg && createMark(svg);
  if (drawn) signal.addEventListener("abort", drawn.remove);
  if (root.dataset.pointed) {
    const place = root.dataset.pointed.includes(" ") ? numbers(root.dataset.pointed) : root.dataset.pointed;
    drawn?.mark(place);
    return () => stop.abort();
  }
  const { back, prefer } = createButtons(root);
  const places = drawn && root.elements.x && createPlaces(root, drawn);
  const change = () => {
    places?.show();
    prefer([...root.querySelectorAll("input[type=radio]")].some((radio) => radio.checked));
  };
  root.addEventListener("change", change, { signal });
  root.addEventListener("input", change, { signal });
  back.addEventListener("click", () => prefer(true), { signal });
  if (places) {
    watchPresses(svg, places.press, signal);
    root.addEventListener("keydown", places.arrow, { signal });
    for (const hint of root.querySelectorAll("[data-with-script]")) hint.hidden = false;
  }
  change();
  root.dataset.ready = "all";
  return () => stop.abort();
}
