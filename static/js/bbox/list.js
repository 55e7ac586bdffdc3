/* The list of objects beside the picture, in step with it: the way in for keyboard and screen reader.
   A row is made of the template's <template data-row>; rows of regions that did not change stay. */

import { fillIn } from "../annotation.js";
import { spare } from "../spare.js";
import { doubtsOf } from "./doubts.js";

/** Fills the list from now until `signal` aborts. */
export function addList(desk, signal) {
  const { root, model } = desk;
  const list = root.querySelector("[data-objects]");
  const target = root.querySelector("[data-label-target]");
  const count = root.querySelector("[data-count]");
  const overfull = root.querySelector("[data-overfull]");
  const template = root.querySelector("[data-row]");
  const rows = new Map(); // id → {row, region, index, doubt}
  const { words } = desk.config;
  let showNumbers = null; // loaded when they are wanted
  let doubts = new Map();
  let seen = null; // the regions that the doubts are about

  const getNumbers = spare(() => import("./numbers.js"));

  async function loadNumbers() {
    showNumbers = () => {};
    showNumbers = (await getNumbers())?.createNumbers(desk) ?? null;
    if (showNumbers && !signal.aborted) mark(model.selected);
  }

  /** Looked at anew when the boxes changed. */
  function doubt(regions) {
    if (regions === seen) return;
    seen = regions;
    const labels = desk.config.labels.map(({ key }) => key);
    doubts = doubtsOf(regions, { minSide: desk.config.rules.min_side, labels });
    desk.doubts = doubts;
  }

  const sentence = (region) =>
    (doubts.get(region.id) ?? []).map(({ word, n }) => fillIn(words[word], { n })).join(" ");

  function fill(row, region, index, said) {
    const [x, y, w, h] = region.box.map(Math.round);
    const { name, colour } = desk.label(region.label);
    row.dataset.id = region.id;
    const shown = row.querySelector("[data-name]");
    shown.className = `label label-${colour}`;
    shown.textContent = `${index + 1} ${name}`;
    row.querySelector("[data-box]").textContent = `${x}, ${y} · ${w} × ${h}`;
    row.querySelector("[data-remove-name]").textContent = `${index + 1} ${name}`;
    row.querySelector("[data-doubt]").textContent = said && `△ ${said}`;
    for (const flag of row.querySelectorAll("[data-flag]")) {
      flag.setAttribute("aria-pressed", String((region.flags ?? []).includes(flag.dataset.flag)));
    }
  }

  function show(region, index) {
    let entry = rows.get(region.id);
    if (!entry) {
      entry = { row: template.content.firstElementChild.cloneNode(true) };
      rows.set(region.id, entry);
    }
    const said = sentence(region);
    if (entry.region !== region || entry.index !== index || entry.said !== said) fill(entry.row, region, index, said);
    Object.assign(entry, { region, index, said });
    if (list.children[index] !== entry.row) list.insertBefore(entry.row, list.children[index] ?? null);
  }

  function mark(selected) {
    for (const [id, { row }] of rows) {
      const isSelected = id === selected?.id;
      if (row.classList.toggle("selected", isSelected) && isSelected) row.scrollIntoView({ block: "nearest" });
      row.querySelector("[data-pick]").setAttribute("aria-pressed", String(isSelected));
      row.querySelector("[data-hide]").setAttribute("aria-pressed", String(model.isHidden(id)));
      row.querySelector("[data-lock]").setAttribute("aria-pressed", String(model.isLocked(id)));
    }
    if (selected && !showNumbers) loadNumbers();
    else if (selected) showNumbers(rows.get(selected.id).row, selected);
  }

  function press(event) {
    const button = event.target.closest("button");
    const id = button?.closest("[data-id]")?.dataset.id;
    if (!id) return;
    if ("remove" in button.dataset) model.remove(id);
    else if ("hide" in button.dataset) model.toggleHidden(id);
    else if ("lock" in button.dataset) model.toggleLocked(id);
    else if (button.dataset.flag) model.toggleFlag(button.dataset.flag, id);
    else model.select(id);
  }

  function update({ regions, verdict }, selected) {
    const ids = new Set(regions.map(({ id }) => id));
    for (const [id, { row }] of rows) {
      if (ids.has(id)) continue;
      row.remove();
      rows.delete(id);
    }
    doubt(regions);
    regions.forEach(show);
    desk.mark(regions.filter(({ id }) => doubts.has(id)));
    count.textContent = String(verdict ? 0 : regions.length);
    list.classList.toggle("set-aside", verdict !== null);
    mark(selected);
    overfull.hidden = regions.length <= model.limit;
    if (!overfull.hidden) overfull.textContent = fillIn(words.over_limit, { n: regions.length, most: model.limit });
    const { for_selected: ofOne, for_next: ofNext } = words;
    target.textContent = selected ? fillIn(ofOne, { n: regions.indexOf(selected) + 1 }) : ofNext;
  }

  list.addEventListener("click", press, { signal });
  desk.watch(() => update(model.state, model.selected));
}
