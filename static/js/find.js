/* Finding words in the text to label: shown on request, marked without touching the text itself. */

import { createKeymap } from "./keys.js";
import { placesOf } from "./search.js";

/** The text's own nodes with the places at which the words stand. */
function rangesOf(text, words) {
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  const ranges = [];
  while (walker.nextNode()) {
    for (const [start, end] of placesOf(walker.currentNode.data, words)) {
      const range = new Range();
      range.setStart(walker.currentNode, start);
      range.setEnd(walker.currentNode, end);
      ranges.push(range);
    }
  }
  return ranges;
}

/** Mounted on the field's box; returns its unmount. */
export function mount(box) {
  const stop = new AbortController();
  const { signal } = stop;
  const text = box.closest("[data-editor]").querySelector(".item-text");
  const field = box.querySelector("input");
  const opener = box.querySelector("button");
  const count = box.querySelector("output");
  if (!globalThis.Highlight) return void (box.hidden = true); // an older browser: its own search will do
  const actionOf = createKeymap({ findText: ["Ctrl+KeyF"] });

  function mark() {
    const ranges = rangesOf(text, field.value);
    if (ranges.length) CSS.highlights.set("found", new Highlight(...ranges));
    else CSS.highlights.delete("found");
    count.textContent = field.value.trim() ? count.dataset.word.replace("{n}", ranges.length) : "";
  }

  function open(isOpen) {
    field.parentElement.hidden = !isOpen;
    opener.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) return field.select();
    field.value = "";
    mark();
    return opener.focus();
  }

  function press(event) {
    if (event.defaultPrevented || actionOf(event) !== "findText") return;
    event.preventDefault();
    open(true);
  }

  opener.addEventListener("click", () => open(field.parentElement.hidden), { signal });
  field.addEventListener("input", mark, { signal });
  field.addEventListener("keydown", (event) => event.code === "Escape" && open(false), { signal });
  document.addEventListener("keydown", press, { signal });
  signal.addEventListener("abort", () => CSS.highlights.delete("found"));
  return () => stop.abort();
}
