/* Brightness and contrast of the picture on the screen: a way of looking, remembered on this device. The
   answer and the picture itself do not change. */

const KEY = "labelkit:look";
const PLAIN = { brightness: 100, contrast: 100 };

/** The remembered look; the plain one where there is none, or no storage. */
function recall() {
  try {
    return { ...PLAIN, ...JSON.parse(localStorage.getItem(KEY) ?? "{}") };
  } catch (error) {
    if (error instanceof DOMException || error instanceof SyntaxError) return PLAIN;
    throw error;
  }
}

function remember(look, isPlain) {
  try {
    if (isPlain) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify(look));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error; // full or forbidden: it holds for this page only
  }
}

/** Looks through the panel's two sliders, from now until `signal` aborts. */
export function addLook(root, stage, signal) {
  const panel = root.querySelector("[data-look]");
  const sliders = [...panel.querySelectorAll("input")];
  let look = recall();

  function apply() {
    const isPlain = Object.keys(PLAIN).every((name) => look[name] === PLAIN[name]);
    const filter = isPlain ? "" : `brightness(${look.brightness}%) contrast(${look.contrast}%)`;
    for (const seen of stage.querySelectorAll("img, .loupe")) seen.style.filter = filter;
    root.querySelector("[popovertarget=look]").classList.toggle("in-use", !isPlain);
    for (const slider of sliders) {
      slider.value = look[slider.dataset.of];
      slider.nextElementSibling.textContent = `${look[slider.dataset.of]} %`;
    }
    return isPlain;
  }

  function set(next) {
    look = next;
    remember(look, apply());
  }

  const slide = ({ target }) => set({ ...look, [target.dataset.of]: Number(target.value) });
  panel.addEventListener("input", slide, { signal });
  panel.querySelector("[data-reset]").addEventListener("click", () => set(PLAIN), { signal });
  panel.addEventListener("keydown", (event) => event.stopPropagation(), { signal }); // arrows move the slider only
  apply();
}
