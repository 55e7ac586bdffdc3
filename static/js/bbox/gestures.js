/* Mouse, pen and fingers on the stage, turned into what the desk does: drag out a box, move or resize
   the selected one, pan, pinch, click through a pile. Nothing is changed before the pointer is lifted. */

import { boxBetween, contains, handleAt, moveBox, regionsAt, resizeBox } from "../geometry.js";
import { panBy, pinch, toPicture } from "../viewport.js";

const SLOP = { mouse: 4, pen: 4, touch: 9 }; // screen pixels below which a drag is still a click
const HALO = { mouse: 6, pen: 10, touch: 16 }; // how far from a side one may take hold of it
const BOXES = new Set(["draw", "move", "resize"]); // drags that end in a box

const subtract = ([x, y], [a, b]) => [x - a, y - b];

/** `desk` offers stage, size, camera, tool, spaceHeld, model; preview, finish, cancel, click, point and hover. */
export function watchGestures(desk, signal) {
  const { stage, camera, model } = desk;
  const pointers = new Map();
  let drag = null; // {kind, from, …} of the gesture that is going on
  let frame = 0;
  let penSeen = false; // from then on the pen draws, and a finger moves the picture

  function at(event) {
    const { left, top } = stage.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  }

  const picturePoint = (point) => toPicture(camera.view, point);
  const slack = (type) => (HALO[type] ?? HALO.mouse) / camera.view.scale;

  const graspable = (region) =>
    region && !model.isLocked(region.id) && !model.isHidden(region.id) ? region : null;

  /** A palm on the glass does nothing while the pen is down, and gives way when the pen comes. */
  function isPalm({ pointerType }) {
    if (pointerType === "pen") {
      penSeen = true;
      if (drag && drag.type !== "pen") abandon();
      for (const [id, { type }] of pointers) if (type !== "pen") pointers.delete(id);
    }
    return pointerType === "touch" && drag?.type === "pen";
  }

  /** What a press at this place begins. */
  function grasp(event, point) {
    const place = picturePoint(point);
    if (desk.spaceHeld || event.button > 0) return { kind: "pan" };
    if (desk.isPointing) return { kind: "point" };
    const held = event.shiftKey ? null : graspable(model.selected);
    const handle = held && handleAt(held.box, place, slack(event.pointerType));
    if (handle) return { kind: "resize", region: held, handle };
    if (held && contains(held.box, place)) return { kind: "move", region: held };
    if (penSeen && event.pointerType === "touch") return { kind: "pan" };
    if (desk.tool !== "select") return { kind: desk.tool === "draw" ? "draw" : "point" };
    const region = graspable(model.find(regionsAt(model.shown, place)[0]));
    return region ? { kind: "move", region } : { kind: "pan" };
  }

  /** The box that the drag makes of its region when the pointer is at `point`. */
  function boxAt(point) {
    const place = picturePoint(point);
    const by = subtract(place, drag.place);
    if (drag.kind === "draw") return boxBetween(drag.place, place, desk.size);
    if (drag.kind === "move") return moveBox(drag.region.box, by, desk.size);
    return resizeBox(drag.region.box, drag.handle, by, desk.size);
  }

  function abandon() {
    cancelAnimationFrame(frame);
    if (drag?.begun && drag.kind !== "pan") desk.cancel();
    drag = null;
  }

  function press(event) {
    if (event.button > 2 || event.target.closest("button") || isPalm(event)) return;
    stage.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, { at: at(event), type: event.pointerType });
    if (pointers.size > 1) return abandon();
    const from = at(event);
    const slop = SLOP[event.pointerType] ?? SLOP.mouse;
    const place = picturePoint(from);
    const type = event.pointerType;
    drag = { ...grasp(event, from), id: event.pointerId, type, from, last: from, place, slop, begun: false };
  }

  function pinchTo(id, point) {
    const places = () => [...pointers.values()].slice(0, 2).map((pointer) => pointer.at);
    const before = places();
    pointers.get(id).at = point;
    const after = places();
    camera.set(pinch(camera.view, before, after, desk.size, camera.stage));
  }

  function dragTo(point) {
    if (!drag.begun && Math.hypot(...subtract(point, drag.from)) < drag.slop) return;
    drag.begun = true;
    if (drag.kind === "pan") camera.set(panBy(camera.view, subtract(point, drag.last)));
    else if (drag.kind === "point") desk.aim(picturePoint(point));
    else desk.preview(drag, boxAt(point), picturePoint(point));
    drag.last = point;
  }

  function move(event) {
    const point = at(event);
    if (pointers.size > 1 && pointers.has(event.pointerId)) return pinchTo(event.pointerId, point);
    if (!drag && !pointers.size) return desk.hover(point, cursorAt(event, point), event.pointerType);
    if (drag?.id !== event.pointerId) return;
    pointers.get(event.pointerId).at = point;
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => drag && dragTo(point));
    desk.hover(point, drag.handle ?? drag.kind, event.pointerType);
  }

  function lift(event) {
    pointers.delete(event.pointerId);
    if (drag?.id !== event.pointerId) return;
    cancelAnimationFrame(frame);
    const point = at(event);
    dragTo(point);
    const box = drag.begun && BOXES.has(drag.kind) ? boxAt(point) : null;
    const { kind, begun, region } = drag;
    drag = null;
    desk.settle();
    if (kind === "point" || (!begun && kind !== "pan" && desk.tool === "extremes")) desk.point(picturePoint(point));
    else if (box) desk.finish(kind, region, box);
    else if (!begun && event.button === 0) desk.click(picturePoint(point));
  }

  function cursorAt({ pointerType, shiftKey }, point) {
    const { kind, handle } = grasp({ pointerType, shiftKey, button: 0 }, point);
    return handle ?? kind;
  }

  function wheel(event) {
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 32 : 1;
    const factor = Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.0018));
    camera.zoom(factor, at(event));
  }

  const on = (name, handler, options) => stage.addEventListener(name, handler, { signal, ...options });
  on("pointerdown", press);
  on("pointermove", move);
  on("pointerup", lift);
  on("pointercancel", (event) => {
    pointers.delete(event.pointerId);
    abandon();
  });
  on("pointerleave", () => !pointers.size && desk.hover(null));
  on("wheel", wheel, { passive: false });
  on("mousedown", (event) => event.button === 1 && event.preventDefault()); // no scrolling by the wheel's button
  on("contextmenu", (event) => event.preventDefault());
  return {
    /** Give up what is being dragged, as if it had not begun. */
    abandon,
    get busy() {
      return drag !== null;
    },
  };
}
