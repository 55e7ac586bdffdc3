/* Signing in again without leaving the page, when the session ended while somebody worked. */

/** The server's word on a sign-in: "in", or the name of the sentence that says why not. */
async function send(form) {
  const body = new URLSearchParams(new FormData(form));
  try {
    const { type, status } = await fetch(form.action, { method: "POST", body, redirect: "manual" });
    if (type === "opaqueredirect") return "in";
    if (status === 429) return "too_many";
    return status === 422 ? "no_match" : "failed";
  } catch (error) {
    if (error instanceof TypeError) return "failed"; // no connection
    throw error;
  }
}

/** Opens the dialog; calls `done` once the person is signed in. */
export function askToSignIn(dialog, done) {
  if (dialog.open) return;
  const form = dialog.querySelector("form");
  const problem = dialog.querySelector("[data-problem]");
  const closing = new AbortController();
  const { signal } = closing;
  const tell = (word) => {
    problem.textContent = word ? problem.dataset[word] : "";
    problem.hidden = !word;
  };

  async function submit(event) {
    event.preventDefault();
    event.stopPropagation();
    if (form.hasAttribute("aria-busy")) return;
    form.setAttribute("aria-busy", "true");
    const word = await send(form);
    form.removeAttribute("aria-busy");
    if (word !== "in") return tell(word);
    dialog.close();
    form.reset();
    done();
  }

  form.addEventListener("submit", submit, { signal });
  dialog.querySelector("[data-later]").addEventListener("click", () => dialog.close(), { signal });
  dialog.addEventListener("close", () => closing.abort(), { signal });
  tell("");
  dialog.showModal();
}
