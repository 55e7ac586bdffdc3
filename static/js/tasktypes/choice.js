/* Editor of `choice`: as for labels, but that a choice is also chosen by the letter it goes by. */

import { mount as mountLabels } from "../classes.js";

/** The chords of a choice's own key, where that is a letter from a to f. */
export const letterChords = (key) => (/^[a-f]$/.test(key) ? [`Key${key.toUpperCase()}`] : []);

/** Draws the editor of the answer in `input`; returns its unmount. */
export const mount = (root, input) => mountLabels(root, input, letterChords);
