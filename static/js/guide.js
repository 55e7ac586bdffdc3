/* The guide in its drawer beside the work: loaded once, searched, opened where one left it or at the clause
   that a finding names; and what is new in it since it was last read. */

import { matches } from "./search.js";
import { mySettings } from "./settings.js";

const FOUND = ".clauses > div, .guide-labels > div, .reasons > li, .changes > li";

/** Shows only what holds the query; true where something does. */
function filter(guide, query) {
  const parts = [...guide.querySelectorAll(FOUND)];
  for (const part of parts) part.hidden = !matches(part.textContent, query);
  for (const section of guide.querySelectorAll("section, .prose")) {
    const own = parts.filter((part) => section.contains(part));
    section.hidden = own.length ? own.every((part) => part.hidden) : !matches(section.textContent, query);
  }
  return [...guide.querySelectorAll("section, .prose")].some((section) => !section.hidden);
}

/** What was last read of this guide; who comes for the first time has nothing new to read. */
function createMemory({ project, version }) {
  const settings = mySettings();
  const write = (name, value) => settings.set(name, { ...settings.get(name, {}), [project]: value });
  if (!settings.get("read", {})[project]) write("read", Number(version));
  return {
    get read() {
      return settings.get("read", {})[project];
    },
    readAll: () => write("read", Number(version)),
    get place() {
      return settings.get("place", {})[project] ?? 0;
    },
    keepPlace: (place) => write("place", Math.round(place)),
  };
}

/** Marks the changes since `read`, and brings them up where they are seen first. */
function showNews(guide, read) {
  const changes = [...guide.querySelectorAll(".changes > [data-version]")];
  const fresh = changes.filter((change) => Number(change.dataset.version) > read);
  const news = guide.querySelector("[data-new]");
  if (!news || !fresh.length) return;
  news.querySelector("ul").replaceChildren(...fresh.map((change) => change.cloneNode(true)));
  news.hidden = false;
}

/** Mounted on the drawer; its links may stand anywhere on the page. Returns its unmount. */
export function mount(drawer) {
  const stop = new AbortController();
  const frame = drawer.parentElement;
  const link = frame.querySelector("[data-guide]");
  const content = drawer.querySelector("[data-content]");
  const search = drawer.querySelector("input");
  const badge = link.querySelector("[data-news]");
  const memory = createMemory(drawer.dataset);
  const isLoaded = () => content.childElementCount > 0;
  let wanted = null; // the clause to show as soon as the guide is there

  badge.hidden = memory.read >= Number(drawer.dataset.version);

  function goTo(id) {
    for (const one of content.querySelectorAll(".wanted")) one.classList.remove("wanted");
    const clause = content.querySelector(`#${CSS.escape(id)}`);
    clause?.classList.add("wanted");
    clause?.scrollIntoView({ block: "center" });
  }

  function find() {
    const isFound = filter(content, search.value);
    drawer.querySelector("[data-nothing]").hidden = isFound;
  }

  function show(isShown) {
    if (!isShown && !drawer.hidden) memory.keepPlace(drawer.scrollTop);
    drawer.hidden = !isShown;
    link.setAttribute("aria-expanded", String(isShown));
    if (!isShown) return drawer.contains(document.activeElement) && link.focus();
    drawer.focus({ preventScroll: true });
    if (wanted) {
      search.value = "";
      find();
      goTo(wanted);
    } else drawer.scrollTop = memory.place;
    wanted = null;
  }

  function arrive() {
    const isNew = !badge.hidden;
    showNews(content, memory.read);
    memory.readAll();
    badge.hidden = true;
    show(true);
    if (isNew) drawer.scrollTop = 0;
  }

  function press(event) {
    const named = event.target.closest("[data-clause]");
    if (named) {
      wanted = named.dataset.clause;
      event.preventDefault();
      event.stopPropagation();
      return isLoaded() ? show(true) : link.click();
    }
    if (!link.contains(event.target) || !isLoaded()) return undefined;
    event.preventDefault();
    event.stopPropagation();
    return show(drawer.hidden);
  }

  const on = (target, name, handler, capture) =>
    target.addEventListener(name, handler, { signal: stop.signal, capture });
  on(frame, "click", press, true);
  on(drawer, "htmx:after:settle", arrive);
  on(drawer.querySelector("[data-close]"), "click", () => show(false));
  on(drawer, "keydown", (event) => event.code === "Escape" && show(false));
  on(search, "input", find);
  on(window, "pagehide", () => !drawer.hidden && memory.keepPlace(drawer.scrollTop));
  return () => stop.abort();
}
