/* Editor of `bbox`. What is needed to draw is loaded at once; keys, buttons and the list come right after. */

import { publish, readAnnotation, tell } from "../annotation.js";
import { watchGestures } from "../bbox/gestures.js";
import { createModel } from "../bbox/model.js";
import { createScene } from "../bbox/scene.js";
import { isDrawn, nextRegionAt, tidyRegions } from "../geometry.js";
import { createCamera, toPicture } from "../viewport.js";

const NOTHING = { show() {}, hide() {} };

/** The answer in the field with its boxes put in order; the field then holds what is shown. */
function readAnswer(input, size) {
  const annotation = readAnnotation(input.value, { regions: [] });
  if (!Array.isArray(annotation.regions)) return [annotation, {}];
  const { regions, changes } = tidyRegions(annotation.regions, size);
  const answer = Object.keys(changes).length ? { ...annotation, regions } : annotation;
  if (answer !== annotation) input.value = JSON.stringify(answer);
  return [answer, changes];
}

/** Everything that keys, buttons, list and gestures act upon. */
function createDesk(root, input, signal) {
  const config = JSON.parse(root.dataset.config);
  const stage = root.querySelector("[data-stage]");
  const size = [config.picture.width, config.picture.height];
  const watchers = new Set();
  const viewWatchers = new Set();
  const changed = (what) => {
    if (what === "answer") publish(input, desk.model.annotation);
    if (what === "locked") desk.tell("locked", {}, true);
    desk.refresh();
  };
  const desk = {
    root,
    stage,
    size,
    config,
    tool: "draw",
    spaceHeld: false,
    loupe: NOTHING,
    readout() {},
    mark() {},
    doubts: new Map(),
    tell: (word, values, shown) => tell(root, config.words[word], values, shown),
    label: (key) => config.labels.find((label) => label.key === key) ?? { key, name: key, colour: 0 },
    refresh: () => watchers.forEach((watch) => watch(desk.model)),
    watch: (watcher) => watchers.add(watcher),
    watchView: (watcher) => viewWatchers.add(watcher),
    viewed: (view) => viewWatchers.forEach((watch) => watch(view)),
    get isPointing() {
      return desk.tool === "extremes" && desk.extremes?.count > 0;
    },
  };
  const [annotation, changes] = readAnswer(input, size);
  desk.changes = changes;
  desk.model = createModel({ annotation, labels: config.labels, limit: config.rules.max_regions ?? 500, changed });
  const replace = () => {
    const [answer, changesNow] = readAnswer(input, size);
    desk.model.load(answer);
    desk.noteChanges?.(changesNow);
  };
  input.addEventListener("annotation:replace", replace, { signal });
  return desk;
}

/** Adds the picture, its camera and what gestures do. */
function showPicture(desk, signal) {
  const { stage, size, model } = desk;
  const scene = createScene(stage, desk.label, model);
  const measure = () => [stage.clientWidth, stage.clientHeight];
  desk.camera = createCamera(size, measure(), (view) => {
    scene.setView(view);
    desk.viewed(view);
  });
  desk.camera.fit();
  desk.watch(() => scene.update(model.state, model.selected));
  const observer = new ResizeObserver(() => desk.camera.resize(measure()));
  observer.observe(stage);
  signal.addEventListener("abort", () => observer.disconnect());

  Object.assign(desk, {
    mark: scene.mark,
    preview({ region = { id: "new", label: model.label }, kind, handle = "se" }, box, place) {
      scene.preview(region, box);
      if (kind !== "move") desk.loupe.show(desk.corner?.(box, handle, place) ?? place, box);
    },
    aim: (place) => desk.loupe.show(place),
    settle: () => desk.loupe.hide(),
    cancel() {
      desk.loupe.hide();
      desk.refresh();
    },
    hover(point, kind, pointer) {
      scene.hover(point, kind, pointer);
      const isRead = point && pointer !== "touch" && !desk.gestures.busy;
      desk.readout(isRead ? point : null, isRead && toPicture(desk.camera.view, point));
    },
    click: (place) => model.select(nextRegionAt(model.shown, place, model.selected?.id)),
    point: (place) => desk.extremes?.add(place),
    finish(kind, region, box) {
      if (kind === "draw") desk.add(box);
      else if (model.setBox(region.id, box)) desk.doubt?.();
    },
    setTool(tool) {
      desk.tool = tool;
      desk.extremes?.clear();
      desk.refresh();
    },
    tooMany(n) {
      desk.tell("too_many", { n: model.limit, more: n }, true);
      desk.refresh();
      return false;
    },
    /** Keep a drawn box, or say why not. */
    add(box) {
      if (!isDrawn(box)) {
        desk.tell("too_small", {}, true);
        desk.refresh();
      } else if (!model.add(box)) desk.tooMany(1);
      else {
        desk.tell("added", { label: desk.label(model.label).name, n: model.state.regions.length });
        desk.doubt?.();
      }
    },
  });
}

async function addControls(desk, signal) {
  const { addControls: add } = await import("../bbox/controls.js");
  if (signal.aborted) return;
  add(desk, signal);
  desk.refresh();
  if (desk.stage.querySelector("[data-remarks]")) (await import("../bbox/remarks.js")).addRemarks(desk);
  desk.root.dataset.ready = "all";
}

/** Draws the editor of the answer in `input`; returns its unmount. */
export function mount(root, input) {
  const stop = new AbortController();
  const desk = createDesk(root, input, stop.signal);
  showPicture(desk, stop.signal);
  desk.gestures = watchGestures(desk, stop.signal);
  desk.refresh();
  root.dataset.ready = "drawing";
  addControls(desk, stop.signal);
  return () => stop.abort();
}
