/* A picture that does not come is said, and fetched again when asked; the answer stays as it is. */

/** Watches the <img> of a stage and shows its [data-lost] while there is nothing to see. */
export function watchPicture(stage, signal) {
  const picture = stage.querySelector("img");
  const lost = stage.querySelector("[data-lost]");
  const url = picture.src;
  const tell = () => (lost.hidden = !picture.complete || picture.naturalWidth > 0);
  picture.addEventListener("load", tell, { signal });
  picture.addEventListener("error", tell, { signal });
  lost.querySelector("button").addEventListener("click", () => (picture.src = url), { signal });
  tell();
}
