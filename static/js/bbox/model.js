/* The box editor's state without a screen: the answer with its history, what is selected, and the
   label that the next box gets. Every state is immutable; regions that did not change are shared. */

import { fromBoxState, toBoxState } from "../annotation.js";
import { createHistory } from "../history.js";

/** `limit` is the project's largest number of regions; `changed(what)` hears "answer" or "view". */
export function createModel({ annotation, labels, limit, changed, clock }) {
  const history = createHistory(toBoxState(annotation), clock);
  let selected = null;
  let label = labels[0].key;
  let issued = history.present.regions.length;

  const find = (id) => history.present.regions.find((region) => region.id === id) ?? null;

  function commit(next, merge) {
    history.push({ ...history.present, ...next }, merge);
    changed("answer");
  }

  function edit(id, change, merge = "") {
    const regions = history.present.regions.map((region) => (region.id === id ? { ...region, ...change } : region));
    commit({ regions, verdict: null }, merge && `${merge} ${id}`);
  }

  function select(id) {
    selected = find(id)?.id ?? null;
    if (labels.some(({ key }) => key === find(selected)?.label)) label = find(selected).label;
    changed("view");
  }

  /** Draw a box with the current label; false when the project's limit is reached. */
  function add(box) {
    const { regions } = history.present;
    if (regions.length >= limit) return false;
    const id = `r${(issued += 1)}`;
    selected = id;
    commit({ regions: [...regions, { id, label, box }], verdict: null });
    return true;
  }

  function remove(id = selected) {
    if (!find(id)) return false;
    if (id === selected) selected = null;
    commit({ regions: history.present.regions.filter((region) => region.id !== id) });
    return true;
  }

  /** The label of the selected box and of the next ones. */
  function setLabel(key) {
    label = key;
    const region = find(selected);
    if (region && region.label !== key) edit(selected, { label: key });
    else changed("view");
  }

  function toggleFlag(flag, id = selected) {
    const { flags = [] } = find(id) ?? {};
    const next = flags.includes(flag) ? flags.filter((other) => other !== flag) : [...flags, flag];
    edit(id, { flags: next.length ? next : undefined });
  }

  /** "nothing" or "unusable"; the same word again takes it back. */
  function toggleVerdict(verdict) {
    selected = null;
    commit({ verdict: history.present.verdict === verdict ? null : verdict });
  }

  function step(done) {
    if (!done) return false;
    selected = find(selected)?.id ?? null;
    changed("answer");
    return true;
  }

  return {
    get state() {
      return history.present;
    },
    get selected() {
      return find(selected);
    },
    get label() {
      return label;
    },
    get annotation() {
      return fromBoxState(history.present);
    },
    get canUndo() {
      return history.canUndo;
    },
    get canRedo() {
      return history.canRedo;
    },
    find,
    select,
    add,
    remove,
    setLabel,
    toggleFlag,
    toggleVerdict,
    /** Another box for a region; steps with the same `merge` word in a row are undone as one. */
    setBox: (id, box, merge) => edit(id, { box }, merge),
    /** Another answer from outside, as one step that can be undone. */
    load(other) {
      selected = null;
      const state = toBoxState(other);
      const regions = state.regions.map((region) => ({ ...region, id: `r${(issued += 1)}` }));
      commit({ regions, verdict: state.verdict });
    },
    undo: () => step(history.undo()),
    redo: () => step(history.redo()),
    /** Select the region before or after the selected one in the list; false beyond its ends. */
    selectNext(by) {
      const { regions } = history.present;
      const at = regions.findIndex((region) => region.id === selected);
      const next = at < 0 ? (by > 0 ? 0 : regions.length - 1) : at + by;
      if (!regions[next]) return false;
      select(regions[next].id);
      return true;
    },
  };
}
