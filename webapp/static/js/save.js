// Saving a thing without leaving the page. Without this script the buttons are a plain form.

/**
 * @param {HTMLFormElement} form
 * @param {HTMLButtonElement} button
 */
async function save(form, button) {
  const body = new FormData(form);
  body.set(button.name, button.value);
  try {
    const response = await fetch(form.action, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
    });
    if (!response.ok) throw new Error(response.statusText);
    const answer = /** @type {{saved: boolean}} */ (await response.json());
    show(button.value, answer.saved);
    const status = form.querySelector("[role=status]");
    const told = answer.saved ? form.dataset.saved : form.dataset.unsaved;
    if (status) status.textContent = told ?? "";
    document.dispatchEvent(new CustomEvent("things:saved"));
  } catch {
    // Signed out meanwhile, or offline: the plain form and its answer say so best.
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: button.name, value: button.value });
    form.append(field);
    form.submit();
  }
}

/**
 * Every button of one thing shows the same.
 * @param {string} thing
 * @param {boolean} saved
 */
function show(thing, saved) {
  for (const other of document.querySelectorAll("button.save")) {
    if (!(other instanceof HTMLButtonElement) || other.value !== thing) continue;
    other.name = saved ? "unsave" : "save";
    other.setAttribute("aria-pressed", String(saved));
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter;
  if (!(form instanceof HTMLFormElement) || form.id !== "save-form") return;
  if (!(button instanceof HTMLButtonElement)) return;
  event.preventDefault();
  void save(form, button);
});

export {};
