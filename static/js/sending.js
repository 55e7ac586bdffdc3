/* Sending the answer: once, whatever is pressed, and safely again when no answer came. */

import { isDecided, isSame, readAnnotation } from "./annotation.js";
import { attempt, openStorage } from "./storage.js";

/** The key that makes a repeated sending harmless: the same answer keeps its key, also over a reload; another
    answer gets another one, lest the server take it for the one that may have arrived. */
export function keyFor(before, { key, annotation }, now = Date.now) {
  if (before && isSame(before.annotation, annotation)) return before.key;
  return before?.key.startsWith(key) ? `${key}-${now().toString(36)}`.slice(0, 64) : key;
}

function useKey(form) {
  const { submit_key: field, annotation } = form.elements;
  const name = `labelkit:sent:${form.dataset.copy}`;
  const storage = openStorage("sessionStorage");
  const before = attempt(() => JSON.parse(storage.getItem(name)), null);
  const mine = readAnnotation(annotation.value, {});
  field.dataset.served ??= field.value;
  field.value = keyFor(before, { key: field.dataset.served, annotation: mine });
  attempt(() => storage.setItem(name, JSON.stringify({ key: field.value, annotation: mine })));
}

/** Sends once, never past a draft that is still under way, and never an answer that decides nothing.
    `signIn(again)` asks to sign in where the session has ended. */
export function guardSubmit(section, form, draft, { words, say, signIn }, signal) {
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
    useKey(form);
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
    else if (status === 401) {
      free();
      signIn(() => form.requestSubmit(form.querySelector("[data-submit]")));
    } else if (status !== 409 && status !== 422) free(words.not_sent);
  }

  const on = (target, name, handler, capture) => target.addEventListener(name, handler, { signal, capture });
  on(section, "submit", submit, true);
  on(section, "htmx:after:request", answered);
  on(section, "htmx:error", (event) => event.target === form && free(words.not_sent));
  on(window, "pageshow", (event) => event.persisted && free());
}
