/* A very large picture opens as its small preview; the whole of its pixels is fetched once one zooms in so
   far that they can be told apart. Until they are there, the preview stays. */

/** Watches the views of a stage; `preview` is {url, width} of what the <img> shows, `picture` {url, width}. */
export function createDetail(image, picture, preview, signal) {
  let asked = false;

  async function fetchAll() {
    const full = new Image();
    full.src = picture.url;
    try {
      await full.decode();
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      asked = false; // it did not come: the next zoom asks again
      return;
    }
    if (signal.aborted) return;
    image.src = picture.url;
    image.dataset.detail = "full";
  }

  return ({ scale }) => {
    if (asked || scale * devicePixelRatio * picture.width <= preview.width * 1.1) return;
    asked = true;
    fetchAll();
  };
}
