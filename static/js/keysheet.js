/* The sheet of keys: which keys do what on this page, and giving them another meaning. */

import { capsOf, isMac, refusalOf, shownChords } from "./chords.js";
import { bindings, chordOf, isRebound, rebind } from "./keys.js";

const mac = isMac();
const inOne = (chord) => capsOf(chord, mac).join(mac ? "" : " ").replace("⇧ ", "⇧");

function keyCaps(chord) {
  return capsOf(chord, mac).map((text) => Object.assign(document.createElement("kbd"), { textContent: text }));
}

/** Writes the keys that hold now on buttons, in their tooltips, and into the rows of the sheet. */
function dress(section) {
  const all = bindings();
  for (const element of section.querySelectorAll("[data-command], [data-key-of]")) {
    const chords = all.get(element.dataset.command ?? element.dataset.keyOf);
    if (!chords) continue;
    const caps = chords.length ? inOne(chords[0]) : "";
    const cap = element.querySelector("kbd");
    const name = element.querySelector(".unseen")?.textContent;
    if (cap) cap.textContent = caps;
    if (element.title && name) element.title = caps ? `${name} (${caps})` : name;
  }
  for (const row of section.querySelectorAll(".key-sheet [data-action]")) {
    const chords = row.dataset.action.split(" ").flatMap((action) => all.get(action)?.slice(0, 1) ?? []);
    row.querySelector("dt").replaceChildren(...chords.flatMap(keyCaps));
  }
  if (!mac) return;
  const caps = [...section.querySelectorAll(".key-sheet kbd")];
  const ofMac = { Ctrl: "⌘", Alt: "⌥", Shift: "⇧" };
  for (const cap of caps) cap.textContent = ofMac[cap.textContent] ?? cap.textContent;
}

/** What an action is called: by its row in the sheet, or by its button. */
function nameOf(action, section) {
  const row = section.querySelector(`.key-sheet [data-action="${CSS.escape(action)}"] dd`);
  const button = section.querySelector(`[data-command="${CSS.escape(action)}"]`);
  if (row || !button) return row?.textContent.trim() ?? "";
  const named = button.querySelector(".label, .unseen") ?? button;
  const words = [...named.childNodes].filter((node) => node.nodeName !== "KBD").map((node) => node.textContent);
  return words.join(" ").trim();
}

/** Looks after the sheet from now until `signal` aborts. */
export function keepSheet(sheet, section, signal) {
  const list = sheet.querySelector("[data-own]");
  const told = sheet.querySelector("[data-told]");
  const template = sheet.querySelector("template");
  const change = sheet.querySelector("[data-change]");
  const reset = sheet.querySelector("[data-reset]");
  let waiting = null; // the action whose next key is awaited

  function tell(word, name = "") {
    told.textContent = word ? told.dataset[word].replace("{name}", name) : "";
    told.dataset.shown = word ?? "";
  }

  function rowOf([action, chords]) {
    const row = template.content.firstElementChild.cloneNode(true);
    const name = nameOf(action, section);
    const shown = shownChords(chords, mac).slice(0, 2).map(keyCaps);
    row.querySelector("dt").replaceChildren(...shown.flatMap((caps, index) => (index ? ["/", ...caps] : caps)));
    row.querySelector("dd").textContent = name;
    const button = row.querySelector("button");
    button.dataset.for = action;
    button.setAttribute("aria-label", `${button.textContent}: ${name}`);
    row.classList.toggle("waiting", action === waiting);
    return row;
  }

  function render() {
    dress(section);
    const isEditing = sheet.classList.contains("editing");
    change.setAttribute("aria-expanded", String(isEditing));
    reset.disabled = !isRebound();
    const focused = document.activeElement?.dataset.for;
    const named = isEditing ? [...bindings()].filter(([action]) => nameOf(action, section)) : [];
    list.replaceChildren(...named.map(rowOf));
    if (focused) list.querySelector(`[data-for="${CSS.escape(focused)}"]`)?.focus();
  }

  function wait(action) {
    waiting = action;
    tell(action && "waiting", action && nameOf(action, section));
    render();
  }

  function press(event) {
    if (!waiting) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.code === "Escape") return wait(null);
    const refusal = refusalOf(chordOf(event), waiting, bindings());
    if (refusal) return tell(refusal.why, nameOf(refusal.by ?? waiting, section));
    rebind(waiting, [chordOf(event)]);
    wait(null);
    tell("changed");
  }

  function click({ target }) {
    const button = target.closest("button");
    if (button?.dataset.for) return wait(button.dataset.for);
    if (button === reset) rebind(null);
    else if (button !== change) return;
    else sheet.classList.toggle("editing");
    wait(null);
  }

  document.addEventListener("keydown", press, { signal, capture: true });
  sheet.addEventListener("click", click, { signal });
  sheet.addEventListener("toggle", ({ newState }) => newState === "closed" && wait(null), { signal });
  change.disabled = false; // as written it waits for this file
  render();
}
