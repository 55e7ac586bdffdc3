/* The box editor's state without a screen: the answer with its history, what is selected, and the
   label that the next box gets. Every state is immutable; regions that did not change are shared.
   Hiding and locking are marks of this page: they are no part of the answer. */

import { fromBoxState, isSame, toBoxState } from "../annotation.js";
import { createHistory } from "../history.js";

const numberOf = ({ id }) => Number(id.slice(1));

/** `limit` is the project's largest number of regions; `changed(what)` hears "answer", "view", or
    "locked": something was to be done to a locked box, and was not. */
export function createModel({ annotation, labels, limit, changed, clock }) {
  const history = createHistory(toBoxState(annotation), clock);
  const hidden = new Set();
  const locked = new Set();
  let peeking = false; // everything hidden while a key is held
  let selected = null;
  let label = labels[0].key;
  let issued = history.present.regions.length;

  const find = (id) => history.present.regions.find((region) => region.id === id) ?? null;

  function commit(next, merge) {
    history.push({ ...history.present, ...next }, merge);
    changed("answer");
  }

  /** False, and said, when the region is locked. */
  function edit(id, change, merge = "") {
    if (locked.has(id)) return changed("locked"), false;
    const regions = history.present.regions.map((region) => (region.id === id ? { ...region, ...change } : region));
    commit({ regions, verdict: null }, merge && `${merge} ${id}`);
    return true;
  }

  function select(id) {
    selected = find(id)?.id ?? null;
    if (labels.some(({ key }) => key === find(selected)?.label)) label = find(selected).label;
    changed("view");
  }

  /** Add regions in one step, and select the last; false when the project's limit would be passed. */
  function addAll(added) {
    const { regions } = history.present;
    if (regions.length + added.length > limit) return false;
    const given = added.map((region) => ({ ...region, id: `r${(issued += 1)}` }));
    selected = given.at(-1)?.id ?? selected;
    commit({ regions: [...regions, ...given], verdict: null });
    return true;
  }

  function remove(id = selected) {
    if (!find(id)) return false;
    if (locked.has(id)) return changed("locked"), false;
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

  /** Put a mark on a region or take it off; true when it is on now. */
  function toggleMark(marks, id) {
    const isOn = !marks.delete(id) && Boolean(find(id) && marks.add(id));
    changed("view");
    return isOn;
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
    /** The regions that can be seen, and so be clicked. */
    get shown() {
      return peeking ? [] : history.present.regions.filter(({ id }) => !hidden.has(id));
    },
    /** The undo history, to be kept. */
    get past() {
      return history.whole;
    },
    limit,
    find,
    select,
    addAll,
    remove,
    setLabel,
    toggleFlag,
    toggleVerdict,
    /** Draw a box with the current label. */
    add: (box) => addAll([{ label, box }]),
    /** Another box for a region; steps with the same `merge` word in a row are undone as one. */
    setBox: (id, box, merge) => edit(id, { box }, merge),
    isHidden: (id) => peeking || hidden.has(id),
    isLocked: (id) => locked.has(id),
    toggleHidden: (id = selected) => toggleMark(hidden, id),
    toggleLocked: (id = selected) => toggleMark(locked, id),
    /** Hide all there are, or show all again when none is to be seen; true when they are hidden now. */
    toggleAllHidden() {
      const { regions } = history.present;
      const hides = regions.some(({ id }) => !hidden.has(id));
      hidden.clear();
      if (hides) for (const { id } of regions) hidden.add(id);
      changed("view");
      return hides;
    },
    /** Hide everything for as long as this is on. */
    peek(isOn) {
      if (peeking === isOn) return;
      peeking = isOn;
      changed("view");
    },
    /** Another answer from outside, as one step that can be undone. */
    load(other) {
      if (isSame(other, fromBoxState(history.present))) return;
      selected = null;
      const state = toBoxState(other);
      const regions = state.regions.map((region) => ({ ...region, id: `r${(issued += 1)}` }));
      commit({ regions, verdict: state.verdict });
    },
    /** Steps of an earlier visit to this item become steps that can be undone. */
    adopt(past) {
      const same = isSame(fromBoxState(past.states[past.at]), fromBoxState(history.present));
      history.adopt(past, same);
      for (const { regions } of past.states) issued = Math.max(issued, ...regions.map(numberOf));
      selected = find(selected)?.id ?? null;
      changed("view");
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
