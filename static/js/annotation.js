/* The answer as JSON, exactly one of {"regions": […]}, {"labels": […]}, {"nothing": true},
   {"unusable": true}; and the hidden field that carries it. An editor works on a state instead:
   {regions or labels, verdict}, where verdict is null, "nothing" or "unusable". */

const VERDICTS = ["nothing", "unusable"];

/** The annotation in a field's text; `fallback` when it holds none. */
export function readAnnotation(text, fallback) {
  try {
    const value = JSON.parse(text);
    return value && typeof value === "object" && !Array.isArray(value) ? value : fallback;
  } catch (error) {
    if (error instanceof SyntaxError) return fallback;
    throw error;
  }
}

/** The deliberate answer in an annotation, if it is one. */
export const verdictOf = (annotation) => VERDICTS.find((verdict) => annotation[verdict] === true) ?? null;

/** Annotation → what the box editor works on: regions get ids, which never leave the page. */
export function toBoxState(annotation) {
  const regions = (annotation.regions ?? []).map((region, index) => ({ ...region, id: `r${index + 1}` }));
  return { regions, verdict: verdictOf(annotation) };
}

/** Box state → annotation. Regions under a verdict stay on the page, but not in the answer. */
export function fromBoxState({ regions, verdict }) {
  if (verdict) return { [verdict]: true };
  return { regions: regions.map(({ id, ...region }) => region) };
}

/** Annotation → what the label editors work on. */
export function toLabelState(annotation) {
  return { labels: annotation.labels ?? [], verdict: verdictOf(annotation) };
}

/** Label state → annotation. */
export function fromLabelState({ labels, verdict }) {
  return verdict ? { [verdict]: true } : { labels };
}

/** Has anything been decided? An empty list alone is no answer. */
export function isDecided(annotation) {
  return verdictOf(annotation) !== null || [...(annotation.regions ?? []), ...(annotation.labels ?? [])].length > 0;
}

const isTold = (key, value) => value !== undefined && !(key === "flags" && value.length === 0);

/** Text that is the same for equal annotations, whatever the order of their keys. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const keys = Object.keys(value).filter((key) => isTold(key, value[key]));
  return `{${keys.sort().map((key) => `${key}:${canonical(value[key])}`).join()}}`;
}

/** Do two annotations say the same? No flags and an empty list of flags are the same. */
export const isSame = (one, other) => canonical(one) === canonical(other);

/** An editor's word: write the answer into the field and tell whoever listens. */
export function publish(input, annotation) {
  input.value = JSON.stringify(annotation);
  input.dispatchEvent(new Event("annotation:change", { bubbles: true }));
}

/** A word to the editor: another answer has to be shown (a draft was restored or chosen). */
export function replace(input, annotation) {
  input.value = JSON.stringify(annotation);
  input.dispatchEvent(new Event("annotation:replace"));
}

/** A sentence with its values: fillIn("{n} objects", {n: 5}). */
export function fillIn(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** A sentence for the person at the page: read out, and shown too when it must not be missed. */
export function tell(root, sentence, values = {}, shown = false) {
  const detail = { text: fillIn(sentence, values), shown };
  root.dispatchEvent(new CustomEvent("editor:tell", { bubbles: true, detail }));
}
