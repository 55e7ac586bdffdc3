/* The frame round an editor: keeps the draft, sends the submission once, shows save status, messages,
   clock, guide and the sheet of a phone. It knows no task type. */

import { isDecided, readAnnotation, replace } from "./annotation.js";
import { createClock, minutesAndSeconds } from "./clock.js";
import { createDraft } from "./draft.js";
import { createKeymap, hasOwnPress } from "./keys.js";

const KEYS = { submit: ["Enter", "NumpadEnter"], guide: ["KeyG"], help: ["Shift+Slash", "Slash"] };

/** Messages: read out always, and shown for a while when they must not be missed. */
function addMessages(section, signal) {
  const live = section.querySelector("[data-live]");
  const hint = section.querySelector("[data-hint]");
  let timer = 0;
  const show = ({ text, shown }) => {
    live.textContent = shown ? "" : text;
    if (!shown) return;
    hint.textContent = text;
    hint.hidden = false;
    clearTimeout(timer);
    timer = setTimeout(() => (hint.hidden = true), 5000);
  };
  section.addEventListener("editor:tell", (event) => show(event.detail), { signal });
  return (text) => show({ text, shown: true });
}

function keepDraft(section, form, words, signal) {
  const input = form.elements.annotation;
  const status = section.querySelector("[data-save]");
  const conflict = section.querySelector("[data-conflict]");
  const draft = createDraft({
    url: form.dataset.draft,
    key: form.dataset.copy,
    revision: Number(form.elements.revision.value),
    shown: readAnnotation(input.value, {}),
    saved: "unsaved" in form.dataset ? null : readAnnotation(input.dataset.served, {}),
    restore: (annotation) => queueMicrotask(() => replace(input, annotation)),
    show(state, detail = {}) {
      status.dataset.state = state;
      status.textContent = detail.error ?? (detail.copied === false ? words.not_copied : words[state]);
      status.setAttribute("role", ["saved", "saving"].includes(state) ? "presentation" : "status");
      conflict.hidden = state !== "conflict";
    },
  });
  const on = (target, name, handler) => target.addEventListener(name, handler, { signal });
  on(input, "annotation:change", () => draft.change(readAnnotation(input.value, {})));
  on(conflict, "click", ({ target }) => target.value && draft.choose(target.value === "mine"));
  on(window, "online", draft.flush);
  on(window, "pagehide", draft.flush);
  on(document, "visibilitychange", draft.flush);
  on(window, "beforeunload", (event) => draft.isAtRisk && event.preventDefault());
  return draft;
}

/** Sends once, never past a draft that is still under way, and never an answer that decides nothing. */
function guardSubmit(section, form, draft, { words, say }, signal) {
  let sent = false;

  function free(sentence) {
    sent = false;
    form.removeAttribute("aria-busy");
    draft.resume();
    if (sentence) say(sentence);
  }

  async function send(submitter) {
    await draft.settle();
    await new Promise((go) => setTimeout(go)); // a form cannot be submitted while its submit event is under way
    form.elements.revision.value = draft.revision;
    form.dataset.settled = "true";
    form.requestSubmit(submitter);
  }

  function submit(event) {
    if (event.target !== form) return draft.flush();
    if (form.dataset.settled) return delete form.dataset.settled;
    event.preventDefault();
    event.stopPropagation();
    if (sent) return;
    if (!isDecided(readAnnotation(form.elements.annotation.value, {}))) return say(section.querySelector("[data-undecided]").dataset.undecided);
    sent = true;
    form.setAttribute("aria-busy", "true");
    send(event.submitter);
  }

  function answered(event) {
    if (event.target !== form) return;
    const { status } = event.detail.ctx.response;
    if (status < 400) draft.forget();
    else if (status !== 409 && status !== 422) free(status === 401 ? words.signed_out : words.not_sent);
  }

  const on = (target, name, handler, capture) => target.addEventListener(name, handler, { signal, capture });
  on(section, "submit", submit, true);
  on(section, "htmx:after:request", answered);
  on(section, "htmx:error", (event) => event.target === form && free(words.not_sent));
  on(window, "pageshow", (event) => event.persisted && free());
}

function runClock(section, form, signal) {
  const shown = section.querySelector("[data-elapsed]");
  const clock = createClock(performance.now());
  const touch = () => clock.touch(performance.now());
  for (const name of ["pointermove", "pointerdown", "keydown"]) document.addEventListener(name, touch, { signal, passive: true });
  const ticking = setInterval(() => {
    clock.tick(performance.now(), document.visibilityState === "visible");
    shown.textContent = minutesAndSeconds(clock.seconds);
    form.elements.active_seconds.value = clock.seconds;
  }, 1000);
  signal.addEventListener("abort", () => clearInterval(ticking));
}

/** The guide's link loads it into the drawer once; after that it opens and closes the drawer. */
function addGuide(section, signal) {
  const link = section.querySelector("[data-guide]");
  const drawer = section.querySelector("[data-drawer]");
  const open = (isOpen) => {
    drawer.hidden = !isOpen;
    link.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) drawer.focus();
    else if (drawer.contains(document.activeElement)) link.focus();
  };
  const isLoaded = () => drawer.querySelector("[data-content]").childElementCount > 0;
  const press = (event) => {
    if (!isLoaded()) return;
    event.preventDefault();
    event.stopPropagation();
    open(drawer.hidden);
  };
  link.parentElement.addEventListener("click", (event) => link.contains(event.target) && press(event), { signal, capture: true });
  drawer.addEventListener("htmx:after:settle", () => open(true), { signal });
  drawer.querySelector("[data-close]").addEventListener("click", () => open(false), { signal });
  drawer.addEventListener("keydown", (event) => event.code === "Escape" && open(false), { signal });
}

/** Enter submits, unless the focused control has a use for it: a pressed label has none any more. */
function addKeys(section, form, signal) {
  const actionOf = createKeymap(KEYS);
  const actions = {
    submit: () => form.requestSubmit(form.querySelector("[data-submit]")),
    guide: () => section.querySelector("[data-guide]").click(),
    help: () => section.querySelector("[data-help]").click(),
  };
  const isTaken = (event) => hasOwnPress(event) && event.target.getAttribute("aria-pressed") !== "true";
  const press = (event) => {
    const action = actionOf(event);
    if (!action || event.defaultPrevented || event.repeat || (action === "submit" && isTaken(event))) return;
    event.preventDefault();
    actions[action]();
  };
  document.addEventListener("keydown", press, { signal });
}

/** On a phone the panel is a sheet that one button pulls up. A mouse leaves the focus on the picture. */
function addSheet(section, signal) {
  const handle = section.querySelector("[data-sheet]");
  const toggle = () => {
    const isOpen = section.classList.toggle("sheet-open");
    handle.setAttribute("aria-expanded", String(isOpen));
  };
  handle?.addEventListener("click", toggle, { signal });
  const keepFocus = (event) => event.target.closest("[data-keep-focus] button") && event.preventDefault();
  section.addEventListener("mousedown", keepFocus, { signal });
}

/** Mounted on the section round a form with `data-draft`; returns its unmount. */
export function mount(section) {
  const stop = new AbortController();
  const { signal } = stop;
  const form = section.querySelector("form[data-draft]");
  const words = JSON.parse(section.dataset.words);
  const say = addMessages(section, signal);
  const draft = keepDraft(section, form, words, signal);
  guardSubmit(section, form, draft, { words, say }, signal);
  runClock(section, form, signal);
  addGuide(section, signal);
  addKeys(section, form, signal);
  addSheet(section, signal);
  section.dataset.ready = "all";
  return () => {
    stop.abort();
    draft.stop();
  };
}
