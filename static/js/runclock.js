/* The clock of a run. The server says how long it has gone on; here it only goes on counting. */

import { minutesAndSeconds } from "./clock.js";

/** What a clock shows after so many seconds: a word's name, and the whole seconds that go with it. */
export function reading(seconds, limit = null) {
  if (limit === null) return ["passed", Math.floor(seconds)];
  const left = limit - seconds;
  return left >= 0 ? ["left", Math.ceil(left)] : ["over", Math.floor(-left)];
}

export function mount(root) {
  const words = JSON.parse(root.dataset.words);
  const limit = "limit" in root.dataset ? Number(root.dataset.limit) : null;
  const before = Number(root.dataset.seconds);
  const since = Date.now(); // goes on while the machine sleeps, as the server's does
  const time = root.querySelector("[data-time]");
  let last = null;
  const show = () => {
    const [name, seconds] = reading(before + Math.max(Date.now() - since, 0) / 1000, limit);
    time.textContent = words[name].replace("{time}", minutesAndSeconds(seconds));
    time.classList.toggle("late", name === "over");
    if (name === "over" && last === "left") root.querySelector("[data-told]").textContent = words.told;
    last = name;
  };
  show();
  const ticking = setInterval(show, 1000);
  return () => clearInterval(ticking);
}
