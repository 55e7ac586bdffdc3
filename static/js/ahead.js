/* The next picture is fetched while this one is worked on. Its clock does not run before it is shown. */

import { isDecided, readAnnotation } from "./annotation.js";

/** Asks once for what follows, as soon as the answer is decided: then it will soon be wanted. */
export function fetchAhead(form, signal) {
  const input = form.elements.annotation;
  const { ahead } = form.dataset;
  if (!ahead) return;
  async function ask() {
    if (!isDecided(readAnnotation(input.value, {}))) return;
    input.removeEventListener("annotation:change", ask);
    try {
      const response = await fetch(ahead, { method: "POST", headers: { Accept: "application/json" } });
      const { picture } = response.ok ? await response.json() : {};
      if (picture) new Image().src = picture;
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error; // it was only a favour
    }
  }
  input.addEventListener("annotation:change", ask, { signal });
  ask();
}
