/* Time on the page: active seconds for the form, and a reminder to rest. */

import { createBreaks, createClock, minutesAndSeconds } from "./clock.js";
import { mySettings } from "./settings.js";
import { attempt, openStorage } from "./storage.js";

const LONGEST = 86_400; // seconds, as the server has it
const WORKED = "labelkit:worked";

const readSession = (name) => attempt(() => JSON.parse(openStorage("sessionStorage").getItem(name)), null);
const keepSession = (name, value) =>
  attempt(() => openStorage("sessionStorage").setItem(name, JSON.stringify(value)));

/** Reminds of a break after 25 minutes of work, also over several items, unless the person wants none. */
function watchBreaks(section, signal) {
  const notice = section.querySelector("[data-break]");
  const breaks = createBreaks(readSession(WORKED) ?? undefined, Date.now());
  const settings = mySettings();
  const press = ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    if (button.value === "never") settings.set("breaks", false);
    notice.hidden = true;
  };
  notice.addEventListener("click", press, { signal });
  return (seconds) => {
    const isDue = breaks.add(seconds, Date.now());
    keepSession(WORKED, breaks.state);
    if (isDue && settings.get("breaks", true)) notice.hidden = false;
  };
}

/** Counts active seconds, shows them, and hands them to the form; a reload counts on. */
export function runClock(section, form, signal) {
  const shown = section.querySelector("[data-elapsed]");
  const name = `labelkit:active:${form.dataset.copy}`;
  const before = Number(readSession(name)) || 0;
  const clock = createClock(performance.now(), Math.min(Math.max(before, 0), LONGEST));
  const work = watchBreaks(section, signal);
  const touch = () => clock.touch(performance.now());
  for (const event of ["pointermove", "pointerdown", "keydown"]) {
    document.addEventListener(event, touch, { signal, passive: true });
  }
  let told = clock.seconds;
  const tick = () => {
    clock.tick(performance.now(), document.visibilityState === "visible");
    const seconds = Math.min(clock.seconds, LONGEST);
    shown.textContent = minutesAndSeconds(seconds);
    form.elements.active_seconds.value = seconds;
    keepSession(name, seconds);
    work(seconds - told);
    told = seconds;
  };
  const ticking = setInterval(tick, 1000);
  tick();
  signal.addEventListener("abort", () => clearInterval(ticking));
}
