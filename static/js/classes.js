/* Choosing labels: the editor of `image_class`, `text_class` and `choice`. One label, or several where the
   project says so; or a deliberate "none of them" or "cannot be labelled". */

import { fromLabelState, publish, readAnnotation, tell, toLabelState } from "./annotation.js";
import { createKeymap, labelChords } from "./keys.js";
import { spare } from "./spare.js";

const VERDICT_KEYS = { nothing: ["KeyE"], unusable: ["KeyU"] };

/** The state after a label was chosen: it alone, or with `multiple` in or out of the set. */
export function withLabel({ labels, verdict }, key, multiple) {
  if (!multiple) return { labels: [key], verdict: null };
  const isOut = verdict === null && labels.includes(key);
  const others = labels.filter((other) => other !== key);
  return { labels: isOut ? others : [...others, key], verdict: null };
}

/** The state after a deliberate answer was chosen, or taken back by choosing it again. */
export const withVerdict = (state, verdict) => ({ ...state, verdict: state.verdict === verdict ? null : verdict });

function commandsOf({ labels, rules }, change) {
  const chooses = ({ key }) => [`label ${key}`, () => change((state) => withLabel(state, key, rules.multiple))];
  const decides = (verdict) => [verdict, () => change((state) => withVerdict(state, verdict))];
  return Object.fromEntries([...labels.map(chooses), ...Object.keys(VERDICT_KEYS).map(decides)]);
}

function keysOf({ labels }, root, ownChords) {
  const chords = ({ key }, index) => [`label ${key}`, [...labelChords(index), ...ownChords(key)]];
  const chosen = labels.slice(0, 12).map(chords);
  const offered = Object.entries(VERDICT_KEYS).filter(([verdict]) => root.querySelector(`[data-command="${verdict}"]`));
  return createKeymap(Object.fromEntries([...chosen, ...offered]));
}

/** A draft may hold labels that the project has no more: they are kept, marked, and can be taken out. */
function showGone(root, gone, remove) {
  const list = root.querySelector("[data-gone]");
  if (!list) return;
  const rows = gone.map((key) => {
    const row = list.querySelector("template").content.firstElementChild.cloneNode(true);
    row.querySelector("[data-name]").textContent = key;
    row.addEventListener("click", () => remove(key));
    return row;
  });
  list.hidden = rows.length === 0;
  list.querySelector("div").replaceChildren(...rows);
}

/** Draws the editor of the answer in `input`; returns its unmount. `ownChords` gives more keys for a label. */
export function mount(root, input, ownChords = () => []) {
  const stop = new AbortController();
  const config = JSON.parse(root.dataset.config);
  const actionOf = keysOf(config, root, ownChords);
  let state = toLabelState(readAnnotation(input.value, { labels: [] }));

  function render() {
    const pressed = state.verdict ? [state.verdict] : state.labels.map((key) => `label ${key}`);
    for (const button of root.querySelectorAll("[data-command]")) {
      button.setAttribute("aria-pressed", String(pressed.includes(button.dataset.command)));
    }
    const gone = state.labels.filter((key) => !config.labels.some((label) => label.key === key));
    showGone(root, gone, (key) => change((now) => ({ ...now, labels: now.labels.filter((one) => one !== key) })));
  }

  function change(step) {
    state = step(state);
    publish(input, fromLabelState(state));
    render();
    const names = config.labels.filter(({ key }) => state.labels.includes(key)).map(({ name }) => name);
    tell(root, config.words[state.verdict] ?? config.words.chosen, { labels: names.join(", ") });
  }

  const commands = commandsOf(config, change);
  const on = (target, name, handler) => target.addEventListener(name, handler, { signal: stop.signal });
  const getSearch = root.querySelector("[data-find-label]") && spare(() => import("./labelsearch.js"));
  getSearch?.().then((module) => module?.mount(root, stop.signal));
  on(document, "keydown", (event) => !event.defaultPrevented && !event.repeat && commands[actionOf(event)]?.());
  on(root, "click", (event) => commands[event.target.closest("[data-command]")?.dataset.command]?.());
  on(input, "annotation:replace", () => {
    state = toLabelState(readAnnotation(input.value, { labels: [] }));
    render();
  });
  render();
  root.dataset.ready = "all";
  return () => stop.abort();
}
