/* The form round an editor: keeps its draft and sends it once. It knows no task type. */

import { fetchAhead } from "./ahead.js";
import { readAnnotation, replace } from "./annotation.js";
import { createDraft } from "./draft.js";
import { addKeys, addMessages, addSheet } from "./frame.js";
import { guardSubmit } from "./sending.js";
import { spare } from "./spare.js";
import { watchTabs } from "./tabs.js";
import { runClock } from "./time.js";

/** Shows how the draft stands: one short true word in the bar, and a sentence when something is to be done. */
function createStatus(section, { words, say, signIn }) {
  const status = section.querySelector("[data-save]");
  const conflict = section.querySelector("[data-conflict]");
  const out = section.querySelector("[data-signed-out]");
  return (state, { copied = true, error } = {}) => {
    if (error) say(error);
    status.dataset.state = state;
    status.textContent = copied ? words[state] : words.not_copied;
    status.setAttribute("role", ["saved", "saving"].includes(state) ? "presentation" : "status");
    conflict.hidden = state !== "conflict";
    if (state === "signed_out") signIn();
    else if (state !== "saving") out.hidden = true;
  };
}

/** Asks to sign in where the session has ended: by itself once, then by the button that it leaves behind. */
function createSignIn(section, resume, signal) {
  const notice = section.querySelector("[data-signed-out]");
  const dialog = section.querySelector("[data-sign-in]");
  const nothing = () => {};
  let isAsked = false;
  let after = nothing;
  function done() {
    isAsked = false;
    notice.hidden = true;
    resume();
    after();
  }
  const get = spare(() => import("./signin.js"));
  async function open() {
    (await get())?.askToSignIn(dialog, done);
  }
  notice.querySelector("button").addEventListener("click", open, { signal });
  dialog.addEventListener("close", () => (after = nothing), { signal }); // who puts it off sends anew
  return (again = null) => {
    if (again) after = again;
    notice.hidden = false;
    if (isAsked && !again) return;
    isAsked = true;
    open();
  };
}

function keepDraft(section, form, { words, say, signIn }, signal) {
  const input = form.elements.annotation;
  const conflict = section.querySelector("[data-conflict]");
  const draft = createDraft({
    url: form.dataset.draft,
    key: form.dataset.copy,
    revision: Number(form.elements.revision.value),
    shown: readAnnotation(input.value, {}),
    saved: "unsaved" in form.dataset ? null : readAnnotation(input.dataset.served, {}),
    restore: (annotation) => queueMicrotask(() => replace(input, annotation)),
    show: createStatus(section, { words, say, signIn }),
  });
  let isTold = false;
  const change = () => {
    draft.change(readAnnotation(input.value, {}));
    if (draft.isCopied || isTold) return;
    isTold = true; // once is enough: the server still has every change
    say(words.no_copies);
  };
  const on = (target, name, handler) => target.addEventListener(name, handler, { signal });
  on(input, "annotation:change", change);
  on(conflict, "click", ({ target }) => target.value && draft.choose(target.value === "mine"));
  on(window, "online", draft.flush);
  on(window, "pagehide", draft.flush);
  on(document, "visibilitychange", draft.flush);
  on(window, "beforeunload", (event) => draft.isAtRisk && event.preventDefault());
  return draft;
}

/** Mounted on the section round a form with `data-draft`; returns its unmount. */
export function mount(section) {
  const stop = new AbortController();
  const { signal } = stop;
  const form = section.querySelector("form[data-draft]");
  const words = JSON.parse(section.dataset.words);
  const say = addMessages(section, signal);
  const signIn = createSignIn(section, () => draft.resume(), signal);
  const draft = keepDraft(section, form, { words, say, signIn }, signal);
  guardSubmit(section, form, draft, { words, say, signIn }, signal);
  runClock(section, form, signal);
  addKeys(section, form, signal);
  addSheet(section, signal);
  const elsewhere = section.querySelector("[data-elsewhere]");
  watchTabs(form.dataset.copy, (isOpenElsewhere) => (elsewhere.hidden = !isOpenElsewhere), signal);
  fetchAhead(form, signal);
  section.dataset.ready = "all";
  return () => {
    stop.abort();
    draft.stop();
  };
}
