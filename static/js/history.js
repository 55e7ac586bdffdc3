/* Undo without end: a list of immutable states, which share what did not change between them. */

const MERGE_WITHIN = 800; // milliseconds in which steps of one kind (nudging a box) count as one

/** The past and future of one answer. `clock` gives milliseconds; tests hand in their own. */
export function createHistory(first, clock = () => performance.now()) {
  let states = [first];
  let at = 0;
  let last = { merge: "", time: 0 };

  function push(state, merge = "") {
    if (state === states[at]) return;
    const joins = merge && merge === last.merge && clock() - last.time < MERGE_WITHIN && at > 0;
    states = [...states.slice(0, joins ? at : at + 1), state];
    at = states.length - 1;
    last = { merge, time: clock() };
  }

  function step(by) {
    const next = at + by;
    if (next < 0 || next >= states.length) return false;
    at = next;
    last = { merge: "", time: 0 };
    return true;
  }

  return {
    /** The state now. */
    get present() {
      return states[at];
    },
    get canUndo() {
      return at > 0;
    },
    get canRedo() {
      return at < states.length - 1;
    },
    /** Add a state; one with the same `merge` word soon after the last replaces it. */
    push,
    /** All states and the place among them, to be kept. */
    get whole() {
      return { states, at };
    },
    /** Put an earlier past under this one, or in its place when its present is `same` as ours. */
    adopt(past, same) {
      const [before, after] = same ? [past.states, []] : [past.states.slice(0, past.at + 1), states];
      at = same ? past.at : at + before.length;
      states = [...before, ...after];
      last = { merge: "", time: 0 };
    },
    undo: () => step(-1),
    redo: () => step(+1),
  };
}
