/* Active seconds: time in which the page was in sight and somebody did something in the last minute. */

const IDLE_AFTER = 60_000; // milliseconds without a key or a pointer
const LONGEST_TICK = 5_000; // a longer gap means that the machine slept

/** `tick(time, inSight)` is called about once a second, `touch(time)` on every key and pointer; times are
    milliseconds of a clock that never goes back. It begins with the seconds counted before a reload. */
export function createClock(start, seconds = 0) {
  let active = seconds * 1000;
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

const REST = 300; // seconds without work that count as a break
const BREAK_EVERY = 1500; // seconds of work

/** Says when it is time for a break. It goes on from what an earlier page of the same tab counted, unless
    there was a rest in between, or its time lies ahead (the machine's clock was set back). */
export function createBreaks({ worked = 0, at = 0 } = {}, now = 0) {
  let count = now >= at && now - at < REST * 1000 ? worked : 0;
  let last = now;
  return {
    /** So many more seconds were worked by `now`; true once when a break is due. */
    add(seconds, now) {
      if (now - last >= REST * 1000) count = 0;
      if (seconds > 0) [count, last] = [count + seconds, now];
      if (count < BREAK_EVERY) return false;
      count = 0;
      return true;
    },
    get state() {
      return { worked: count, at: last };
    },
  };
}

/** 62 → "01:02". */
export function minutesAndSeconds(seconds) {
  const two = (number) => String(number).padStart(2, "0");
  return `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
}
