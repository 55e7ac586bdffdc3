/* All that comes right after one can draw: keys, buttons, list, loupe, what is remembered, what is said. */

import { fillIn } from "../annotation.js";
import { createDetail } from "../detail.js";
import { watchPicture } from "../picture.js";
import { createClipboard } from "./clipboard.js";
import { addCommands } from "./commands.js";
import { createExtremes } from "./extremes.js";
import { addList } from "./list.js";
import { addLook } from "./look.js";
import { createLoupe, createReadout, draggedCorner } from "./loupe.js";
import { keepPast } from "./past.js";

/** Says what became of boxes that came from elsewhere, and leaves it standing beside the list. */
function createNotes({ root, config: { words } }) {
  const note = root.querySelector("[data-note]");
  return (changes) => {
    const said = Object.entries(changes).map(([change, n]) => fillIn(words[change], { n }));
    if (!said.length) return;
    note.textContent = said.join(" ");
    note.hidden = false;
  };
}

function addDetail({ stage, camera, config: { picture }, watchView }, signal) {
  if (!picture.preview) return;
  const look = createDetail(stage.querySelector("img"), picture, picture.preview, signal);
  watchView(look);
  look(camera.view);
}

export function addControls(desk, signal) {
  const { root, stage, model } = desk;
  desk.noteChanges = createNotes(desk);
  desk.noteChanges(desk.changes);
  watchPicture(stage, signal);
  addDetail(desk, signal);
  desk.extremes = createExtremes(desk);
  desk.clipboard = createClipboard(desk);
  desk.corner = draggedCorner;
  desk.loupe = createLoupe(desk);
  desk.readout = createReadout(desk);
  /** What is to be said about the box that was just changed. */
  desk.doubt = () => {
    const [doubt] = desk.doubts.get(model.selected?.id) ?? [];
    if (doubt) desk.tell(doubt.word, doubt, true);
  };
  addCommands(desk, signal);
  addList(desk, signal);
  addLook(root, stage, signal);
  keepPast(desk, root.closest("form"), signal);
}
