/* Active seconds: time in which the page was in sight and somebody did something in the last minute. */

const IDLE_AFTER = 60_000; // milliseconds without a key or a pointer
const LONGEST_TICK = 5_000; // a longer gap means that the machine slept

/** `tick(time, inSight)` is called about once a second, `touch(time)` on every key and pointer. */
export function createClock(start) {
  let active = 0;
  let last = start;
  let touched = start;
  return {
    get seconds() {
      return Math.floor(active / 1000);
    },
    touch(time) {
      touched = time;
    },
    tick(time, inSight) {
      const passed = time - last;
      last = time;
      if (inSight && passed > 0 && passed <= LONGEST_TICK && time - touched <= IDLE_AFTER) active += passed;
    },
  };
}

/** 62 → "01:02". */
export function minutesAndSeconds(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}
