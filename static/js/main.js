/* Finds the page's islands, mounts each once, and unmounts what leaves the page. An editor island is
   [data-editor="<task type>"], any other [data-island="<module>"]; both load their module by name. */

const mounted = new Map(); // root → unmount
const coming = new Map(); // root → the promise of its mount, for whoever asks again meanwhile
const nothing = () => {};

function mount(root, path) {
  if (!coming.has(root) && !mounted.has(root)) coming.set(root, load(root, path).finally(() => coming.delete(root)));
  return coming.get(root);
}

async function load(root, path) {
  mounted.set(root, nothing);
  const input = root.closest("form")?.elements.annotation;
  if (input) input.dataset.served ??= input.value; // before an editor writes into it
  const module = await import(path);
  if (!root.isConnected) return;
  mounted.set(root, module.mount(root, input) ?? nothing);
}

function mountEach(attribute, folder) {
  const roots = [...document.querySelectorAll(`[data-${attribute}]`)];
  return Promise.all(roots.map((root) => mount(root, `${folder}/${root.dataset[attribute]}.js`)));
}

/** Unmounts what stands within `leaving`, and what has left already. */
function unmountGone(leaving) {
  for (const [root, unmount] of mounted) {
    if (root.isConnected && !leaving?.contains(root)) continue;
    mounted.delete(root);
    unmount();
  }
}

/** Editors first: what can be worked with matters before what stands round it. */
async function mountAll() {
  unmountGone();
  await mountEach("editor", "./tasktypes");
  await mountEach("island", ".");
}

document.addEventListener("htmx:before:cleanup", (event) => unmountGone(event.target));
document.addEventListener("htmx:after:process", mountAll);
mountAll();
