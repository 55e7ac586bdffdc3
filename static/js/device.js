/* The account page's settings of this device: they live in its browser, so only a script can show them. */

import { isRebound } from "./keys.js";
import { mySettings } from "./settings.js";

/** Mounted on the section of settings; returns its unmount. */
export function mount(section) {
  const stop = new AbortController();
  const settings = mySettings();
  for (const box of section.querySelectorAll("[data-setting]")) {
    const { setting } = box.dataset;
    box.checked = settings.get(setting, true);
    const keep = () => settings.set(setting, box.checked ? undefined : false);
    box.addEventListener("change", keep, { signal: stop.signal });
  }
  const keys = section.querySelector("[data-keys]");
  if (isRebound()) keys.textContent = keys.dataset.own;
  section.hidden = false;
  return () => stop.abort();
}
