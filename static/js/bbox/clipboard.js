/* Copy, paste and duplicate. What was copied stays with the tab, so that it can be pasted on the next item;
   there it stands where it stood. Boxes are put inside the picture, and keep labels that are unknown here. */

import { moveBox, tidyRegions } from "../geometry.js";

const KEY = "labelkit:copied";
const STEP = 8; // pixels by which a box pasted on its own item stands aside

/** Storage that may be forbidden or full: what was copied then lives as long as the page. */
function createShelf(storage) {
  let here = null;
  return {
    put(text) {
      here = text;
      try {
        storage().setItem(KEY, text);
      } catch (error) {
        if (!(error instanceof DOMException)) throw error;
      }
    },
    get() {
      try {
        return storage().getItem(KEY) ?? here;
      } catch (error) {
        if (!(error instanceof DOMException)) throw error;
        return here;
      }
    },
  };
}

/** The commands copy, paste and duplicate. */
export function createClipboard(desk, storage = () => globalThis.sessionStorage) {
  const { model, size } = desk;
  const shelf = createShelf(storage);
  const place = desk.config.picture.url; // tells one item from another
  const copyOf = ({ label, box, flags }) => ({ label, box, ...(flags && { flags }) });
  const aside = (region, by) => ({ ...region, box: moveBox(region.box, [by, by], size) });

  const known = desk.config.rules.flags ?? [];
  function strip(region) {
    const flags = (region.flags ?? []).filter((flag) => known.includes(flag));
    return { label: region.label, box: region.box, ...(flags.length && { flags }) };
  }

  function put(regions, word) {
    if (!model.addAll(regions)) return desk.tooMany(regions.length);
    desk.tell(word, { n: regions.length });
    return desk.doubt();
  }

  function copy() {
    if (String(getSelection())) return false; // the person copies text
    const regions = model.selected ? [model.selected] : model.state.regions;
    if (!regions.length) return undefined;
    shelf.put(JSON.stringify({ place, regions: regions.map(copyOf), pasted: 0 }));
    desk.refresh();
    return desk.tell("copied", { n: regions.length });
  }

  function paste() {
    const held = JSON.parse(shelf.get() ?? "null");
    if (!held?.regions.length) return undefined;
    const again = { ...held, place, pasted: held.place === place ? held.pasted + 1 : 0 };
    const { regions, changes } = tidyRegions(held.regions, size);
    const kept = regions.map((region) => aside(strip(region), again.pasted * STEP));
    if (put(kept, "pasted") === false) return undefined;
    shelf.put(JSON.stringify(again));
    return desk.noteChanges(changes);
  }

  return {
    copy,
    paste,
    duplicate: () => void (model.selected && put([aside(copyOf(model.selected), STEP)], "duplicated")),
    get holds() {
      return shelf.get() !== null;
    },
  };
}
