/* The island round a scored or an inspected answer: zooms the picture to a finding, keeps the numbers
   on it readable at any zoom, and presses the buttons that carry a key. The page works without it. */

import { hasOwnPress, isTyping } from "./keys.js";
import { createCamera } from "./viewport.js";

const BADGE = 24; // screen pixels from one number to the next
const MOST_OF_A_STAGE = 0.35; // how much of the stage a finding fills when it is zoomed to
const DURATION = 150;

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const numbers = (text) => text.split(" ").map(Number);

/** Where each number stands: at its place, pushed aside where two would cover each other. */
function spread(places, { scale }, [width, height]) {
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

function createDrawing(svg) {
  const stage = svg.parentElement;
  const { width, height } = svg.viewBox.baseVal;
  const size = [width, height];
  const badges = [...svg.querySelectorAll("[data-at]")];
  const places = badges.map((badge) => numbers(badge.dataset.at));

  function draw(view) {
    const [w, h] = [stage.clientWidth / view.scale, stage.clientHeight / view.scale];
    svg.setAttribute("viewBox", `${-view.x / view.scale} ${-view.y / view.scale} ${w} ${h}`);
    for (const [index, [x, y]] of spread(places, view, size).entries()) {
      badges[index].setAttribute("transform", `translate(${x} ${y}) scale(${1 / view.scale})`);
    }
  }

  const stageSize = () => [stage.clientWidth, stage.clientHeight];
  const camera = createCamera(size, stageSize(), draw);
  camera.fit();
  return { camera, size, stage, stageSize };
}

/** The view that shows a box [x, y, w, h] with its surroundings, and no emptiness beside the picture
    where the picture is large enough to fill the stage. */
function viewOf([x, y, w, h], [width, height], [stageWidth, stageHeight]) {
  const scale = Math.min((stageWidth * MOST_OF_A_STAGE) / w, (stageHeight * MOST_OF_A_STAGE) / h, 6);
  const place = (middle, length, room) => {
    const spare = room - length * scale;
    return spare > 0 ? spare / 2 : Math.min(Math.max(room / 2 - middle * scale, spare), 0);
  };
  return { scale, x: place(x + w / 2, width, stageWidth), y: place(y + h / 2, height, stageHeight) };
}

/** Moves the camera to a view within a moment; stops at once where `isWanted` says so. */
function glide(camera, goal, isWanted) {
  const from = camera.view;
  const start = performance.now();
  const step = (now) => {
    if (!isWanted()) return;
    const part = calm() ? 1 : Math.min((now - start) / DURATION, 1);
    const ease = part * (2 - part);
    const between = (key) => from[key] + (goal[key] - from[key]) * ease;
    camera.set({ scale: between("scale"), x: between("x"), y: between("y") });
    if (part < 1) requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}

/** A finding pressed once is shown closely, pressed again the whole picture is. */
function addFindings(section, { camera, size, stage, stageSize }, signal) {
  const links = [...section.querySelectorAll("a[data-zoom]")];
  const regions = [...stage.querySelectorAll("[data-mine], [data-gold]")];
  const isOf = (region, { mine, gold }) => (region.dataset.mine ?? "-") === mine || (region.dataset.gold ?? "-") === gold;

  let shown = null; // the link whose finding is shown closely

  function show(link) {
    shown = link;
    for (const other of links) other === link ? other.setAttribute("aria-current", "true") : other.removeAttribute("aria-current");
    for (const region of regions) region.classList.toggle("here", Boolean(link) && isOf(region, link.dataset));
    stage.classList.toggle("closer", Boolean(link));
    if (!link) return camera.fit();
    link.scrollIntoView({ block: "nearest" });
    glide(camera, viewOf(numbers(link.dataset.zoom), size, stageSize()), () => shown === link && !signal.aborted);
  }

  const toggle = (link) => show(link === shown ? null : link);
  const press = (event) => {
    const link = event.target.closest("a[data-zoom]");
    if (!link) return;
    event.preventDefault();
    toggle(link);
  };
  section.addEventListener("click", press, { signal });
  return { whole: () => show(null), number: (at) => links[at] && toggle(links[at]) };
}

/** Wheel zooms to the pointer, dragging moves the picture. */
function addPointer({ camera, stage }, signal) {
  const point = ({ clientX, clientY }) => {
    const { left, top } = stage.getBoundingClientRect();
    return [clientX - left, clientY - top];
  };
  const wheel = (event) => {
    event.preventDefault();
    camera.zoom(Math.exp(-event.deltaY / 400), point(event));
  };
  const move = (event) => {
    if (!stage.hasPointerCapture(event.pointerId)) return;
    camera.set({ ...camera.view, x: camera.view.x + event.movementX, y: camera.view.y + event.movementY });
  };
  const grasp = (event) => event.isPrimary && event.target.closest("svg") && stage.setPointerCapture(event.pointerId);
  stage.addEventListener("wheel", wheel, { signal, passive: false });
  stage.addEventListener("pointerdown", grasp, { signal });
  stage.addEventListener("pointermove", move, { signal });
}

function addKeys(section, findings, signal) {
  const layers = [...section.querySelectorAll("input[name=layer]")];
  const nextLayer = () => layers[(layers.findIndex((layer) => layer.checked) + 1) % layers.length]?.click();
  const button = (code) => section.querySelector(`[data-key="${code === "NumpadEnter" ? "Enter" : code}"]`);
  const actions = { KeyS: nextLayer, Digit0: () => findings?.whole(), Escape: () => findings?.whole() };
  for (let digit = 1; digit <= 9; digit += 1) actions[`Digit${digit}`] = () => findings?.number(digit - 1);

  function press(event) {
    const { code } = event;
    if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event) || (code.endsWith("Enter") && hasOwnPress(event) && event.target.type !== "radio")) return;
    const pressed = button(code);
    if (pressed) pressed.click();
    else if (actions[code]) actions[code]();
    else return;
    event.preventDefault();
  }
  document.addEventListener("keydown", press, { signal });
}

/** Mounted on the section of a result or of an inspection; returns its unmount. */
export function mount(section) {
  const stop = new AbortController();
  const { signal } = stop;
  if (section.dataset.title) document.title = section.dataset.title; // it may have come by a swap
  const svg = section.querySelector("svg.compare");
  const drawing = svg && createDrawing(svg);
  const findings = drawing && addFindings(section, drawing, signal);
  addKeys(section, findings, signal);
  section.dataset.ready = "all";
  if (!drawing) return () => stop.abort();
  addPointer(drawing, signal);
  const watch = new ResizeObserver(() => drawing.camera.resize(drawing.stageSize()));
  watch.observe(drawing.stage);
  signal.addEventListener("abort", () => watch.disconnect());
  return () => stop.abort();
}
