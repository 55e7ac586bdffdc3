/* One finding after the other: pressed once it is shown closely, pressed again the whole picture is. */

import { addSides } from "./sides.js";

const MOST_OF_A_STAGE = 0.4; // how much of the stage a finding fills when it is zoomed to
const CLOSER = 1.3; // how much closer than the whole picture a large one is shown, if it still fits
const MARGIN = 48; // screen pixels round it then
const NEAREST = 6; // screen pixels per picture pixel
const DURATION = 150;

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const numbers = (text) => text.split(" ").map(Number);

/** The view that shows a box [x, y, w, h] with its surroundings, and no emptiness beside the picture
    where the picture is large enough to fill the stage. */
function viewOf([x, y, w, h], [width, height], [stageWidth, stageHeight]) {
  const whole = Math.min(stageWidth / width, stageHeight / height);
  const near = Math.min((stageWidth * MOST_OF_A_STAGE) / w, (stageHeight * MOST_OF_A_STAGE) / h, NEAREST);
  const large = Math.min((stageWidth - 2 * MARGIN) / w, (stageHeight - 2 * MARGIN) / h, whole * CLOSER);
  const scale = Math.max(near, large, whole);
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

/** Links, numbers on the picture and buttons of `section` show its findings; so do the functions returned. */
export function addFindings(section, drawing, signal) {
  const { camera, size, stage, stageSize } = drawing;
  const links = [...section.querySelectorAll("a[data-zoom]")];
  const regions = [...stage.querySelectorAll("[data-mine], [data-gold]")];
  const badges = [...stage.querySelectorAll(".badge")];
  const whole = stage.querySelector("[data-whole]");
  const isOf = (region, { mine, gold }) => (region.dataset.mine ?? "-") === mine || (region.dataset.gold ?? "-") === gold;
  const showSides = addSides(links, drawing);

  let shown = null; // the link whose finding is shown closely

  function show(link) {
    shown = link;
    for (const other of links) other === link ? other.setAttribute("aria-current", "true") : other.removeAttribute("aria-current");
    for (const region of regions) region.classList.toggle("here", Boolean(link) && isOf(region, link.dataset));
    for (const badge of badges) badge.classList.toggle("here", badge.dataset.number === link?.dataset.number);
    stage.classList.toggle("closer", Boolean(link));
    if (whole) whole.hidden = !link;
    showSides(link);
    if (!link) return camera.fit();
    link.closest("li").scrollIntoView({ block: "nearest" });
    glide(camera, viewOf(numbers(link.dataset.zoom), size, stageSize()), () => shown === link && !signal.aborted);
  }

  const toggle = (link) => show(link === shown ? null : link);
  const step = (by) => {
    const at = links.indexOf(shown);
    show(links[at < 0 ? (by > 0 ? 0 : links.length - 1) : (at + by + links.length) % links.length] ?? null);
  };
  const press = (event) => {
    const { target } = event;
    const number = target.closest("a[data-zoom], .badge")?.dataset.number;
    const link = links.find((other) => other.dataset.number === number);
    if (link) toggle(link);
    else if (target.closest("[data-step]")) step(Number(target.closest("[data-step]").dataset.step));
    else if (target.closest("[data-whole]")) show(null);
    else return;
    event.preventDefault();
  };
  section.addEventListener("click", press, { signal });
  return {
    whole: () => show(null),
    step,
    number: (number) => {
      const link = links.find((other) => other.dataset.number === String(number));
      if (link) toggle(link);
    },
  };
}
