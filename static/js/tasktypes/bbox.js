/* Editor of `bbox`. What is needed to draw is loaded at once; keys, buttons and the list come right after. */

import { publish, readAnnotation, tell } from "../annotation.js";
import { watchGestures } from "../bbox/gestures.js";
import { createModel } from "../bbox/model.js";
import { createScene } from "../bbox/scene.js";
import { isDrawn, nextRegionAt } from "../geometry.js";
import { createCamera } from "../viewport.js";

/** Everything that keys, buttons, list and gestures act upon. */
function createDesk(root, input, signal) {
  const config = JSON.parse(root.dataset.config);
  const stage = root.querySelector("[data-stage]");
  const size = [config.picture.width, config.picture.height];
  const watchers = new Set();
  const changed = (what) => {
    if (what === "answer") publish(input, desk.model.annotation);
    desk.refresh();
  };
  const desk = {
    root,
    stage,
    size,
    config,
    tool: "draw",
    spaceHeld: false,
    tell: (word, values, shown) => tell(root, config.words[word], values, shown),
    label: (key) => config.labels.find((label) => label.key === key) ?? { key, name: key, colour: 0 },
    refresh: () => watchers.forEach((watch) => watch(desk.model)),
    watch: (watcher) => watchers.add(watcher),
  };
  const annotation = readAnnotation(input.value, { regions: [] });
  desk.model = createModel({ annotation, labels: config.labels, limit: config.rules.max_regions ?? 500, changed });
  input.addEventListener(
    "annotation:replace",
    () => desk.model.load(readAnnotation(input.value, { regions: [] })),
    { signal },
  );
  return desk;
}

/** Adds the picture, its camera and what gestures do. */
function showPicture(desk, signal) {
  const { stage, size, model } = desk;
  const scene = createScene(stage, desk.label);
  const measure = () => [stage.clientWidth, stage.clientHeight];
  desk.camera = createCamera(size, measure(), scene.setView);
  desk.camera.fit();
  desk.watch(() => scene.update(model.state, model.selected));
  const observer = new ResizeObserver(() => desk.camera.resize(measure()));
  observer.observe(stage);
  signal.addEventListener("abort", () => observer.disconnect());

  Object.assign(desk, {
    preview: ({ region = { id: "new", label: model.label } }, box) => scene.preview(region, box),
    cancel: desk.refresh,
    hover: scene.hover,
    click: (place) => model.select(nextRegionAt(model.state.regions, place, model.selected?.id)),
    finish(kind, region, box) {
      if (kind === "draw") desk.add(box);
      else model.setBox(region.id, box);
    },
    /** Keep a drawn box, or say why not. */
    add(box) {
      if (isDrawn(box) && model.add(box)) {
        desk.tell("added", { label: desk.label(model.label).name, n: model.state.regions.length });
      } else {
        desk.tell(isDrawn(box) ? "too_many" : "too_small", { n: model.state.regions.length }, true);
        desk.refresh();
      }
    },
  });
}

async function addControls(desk, signal) {
  const [{ addCommands }, { addList }, { watchPicture }] = await Promise.all([
    import("../bbox/commands.js"),
    import("../bbox/list.js"),
    import("../picture.js"),
  ]);
  if (signal.aborted) return;
  watchPicture(desk.stage, signal);
  addCommands(desk, signal);
  addList(desk, signal);
  desk.refresh();
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
