/* The same item in two tabs of one browser: both are told, so that nobody works twice. */

/** Calls `show(isOpenElsewhere)` whenever that changes, until `signal` aborts. */
export function watchTabs(name, show, signal, Channel = globalThis.BroadcastChannel) {
  if (!Channel) return;
  const channel = new Channel(`labelkit:item:${name}`);
  const me = globalThis.crypto.randomUUID?.() ?? String(Math.random());
  const others = new Set();
  const say = (word) => channel.postMessage({ word, from: me });
  channel.onmessage = ({ data: { word, from } }) => {
    if (word === "bye") others.delete(from);
    else others.add(from);
    if (word === "hello") say("here");
    show(others.size > 0);
  };
  const leave = () => say("bye");
  const come = ({ persisted }) => persisted && say("hello");
  globalThis.addEventListener?.("pagehide", leave, { signal });
  globalThis.addEventListener?.("pageshow", come, { signal });
  signal.addEventListener("abort", () => {
    leave();
    channel.close();
  });
  say("hello");
}
