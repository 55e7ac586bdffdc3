/* The form round an editor: keeps its draft and sends it once. It knows no task type. */

import { isDecided, readAnnotation, replace } from "./annotation.js";
import { createDraft } from "./draft.js";
import { addGuide, addKeys, addMessages, addSheet, runClock } from "./frame.js";

/** Shows how the draft stands: one short true word in the bar, and a sentence when something is to be done. */
function createStatus(section, words, say) {
  const status = section.querySelector("[data-save]");
  const conflict = section.querySelector("[data-conflict]");
  return (state, { copied = true, error } = {}) => {
    if (state !== status.dataset.state && state === "signed_out") say(words.sign_in);
    if (error) say(error);
    status.dataset.state = state;
    status.textContent = copied ? words[state] : words.not_copied;
    status.setAttribute("role", ["saved", "saving"].includes(state) ? "presentation" : "status");
    conflict.hidden = state !== "conflict";
  };
}

function keepDraft(section, form, { words, say }, signal) {
  const input = form.elements.annotation;
  const conflict = section.querySelector("[data-conflict]");
  const draft = createDraft({
    url: form.dataset.draft,
    key: form.dataset.copy,
    revision: Number(form.elements.revision.value),
    shown: readAnnotation(input.value, {}),
    saved: "unsaved" in form.dataset ? null : readAnnotation(input.dataset.served, {}),
    restore: (annotation) => queueMicrotask(() => replace(input, annotation)),
    show: createStatus(section, words, say),
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
  const { undecided } = section.querySelector("[data-undecided]").dataset;
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
    if (!isDecided(readAnnotation(form.elements.annotation.value, {}))) return say(undecided);
    sent = true;
    form.setAttribute("aria-busy", "true");
    send(event.submitter);
  }

  function answered(event) {
    if (event.target !== form) return;
    const { status } = event.detail.ctx.response;
    if (status < 400) draft.forget();
    else if (status !== 409 && status !== 422) free(status === 401 ? words.sign_in : words.not_sent);
  }

  const on = (target, name, handler, capture) => target.addEventListener(name, handler, { signal, capture });
  on(section, "submit", submit, true);
  on(section, "htmx:after:request", answered);
  on(section, "htmx:error", (event) => event.target === form && free(words.not_sent));
  on(window, "pageshow", (event) => event.persisted && free());
}

/** Mounted on the section round a form with `data-draft`; returns its unmount. */
export function mount(section) {
  const stop = new AbortController();
  const { signal } = stop;
  const form = section.querySelector("form[data-draft]");
  const words = JSON.parse(section.dataset.words);
  const say = addMessages(section, signal);
  const draft = keepDraft(section, form, { words, say }, signal);
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
