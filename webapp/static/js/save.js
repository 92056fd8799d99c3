// Saving a thing, wanting more like it or none of it, without leaving the page. Without this script
// the buttons are a plain form.

/** How long the message with its way back stays, in milliseconds. */
const TOLD_MS = 12000;

/** @typedef {{iri?: string, saved?: boolean, wish?: string, told?: string, undo?: string}} Answer */

/** @type {number | undefined} */
let fading;

/**
 * @param {HTMLFormElement} form
 * @param {HTMLButtonElement} button
 */
async function send(form, button) {
  const body = new FormData(form);
  body.set(button.name, button.value);
  const wishes = button.hasAttribute("formaction");
  try {
    const response = await fetch(wishes ? button.formAction : form.action, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
    });
    if (!response.ok) throw new Error(response.statusText);
    const answer = /** @type {Answer} */ (await response.json());
    if (wishes) wished(button.value, answer);
    else saved(form, button.value, answer.saved ?? false);
  } catch {
    // Signed out meanwhile, or offline: the plain form and its answer say so best.
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: button.name, value: button.value });
    form.append(field);
    if (wishes) form.action = button.formAction;
    form.submit();
  }
}

/**
 * Every button of one thing shows the same.
 * @param {HTMLFormElement} form
 * @param {string} thing
 * @param {boolean} on
 */
function saved(form, thing, on) {
  for (const other of buttons("button.save", thing)) {
    other.name = on ? "unsave" : "save";
    other.setAttribute("aria-pressed", String(on));
  }
  const status = form.querySelector("[role=status]");
  const told = on ? form.dataset.saved : form.dataset.unsaved;
  if (status) status.textContent = told ?? "";
  document.dispatchEvent(new CustomEvent("things:saved"));
}

/**
 * @param {string} thing
 * @param {Answer} answer
 */
function wished(thing, answer) {
  for (const other of buttons("button.wish", thing)) {
    const own = other.dataset.wish ?? "";
    const on = own === answer.wish;
    other.name = on ? "unwish" : own;
    other.setAttribute("aria-pressed", String(on));
  }
  for (const menu of document.querySelectorAll("details.entry-menu[open]")) {
    menu.removeAttribute("open");
  }
  // What goes is seen to go before the next radar has come.
  for (const sign of document.querySelectorAll(`#radar [data-iri="${CSS.escape(answer.iri ?? "")}"]`)) {
    sign.classList.toggle("is-leaving", answer.wish === "less");
  }
  tell(thing, answer);
  document.dispatchEvent(new CustomEvent("things:saved"));
  document.dispatchEvent(new CustomEvent("things:wished"));
}

/**
 * Say what happened, with the way back in the same message.
 * @param {string} thing
 * @param {Answer} answer
 */
function tell(thing, answer) {
  for (const older of document.querySelectorAll(".told")) older.remove();
  const message = document.createElement("p");
  message.className = "told is-floating";
  message.setAttribute("role", "status");
  document.body.append(message);
  const text = document.createElement("span");
  text.textContent = answer.told ?? "";
  message.append(text);
  const pattern = document.querySelector("button.wish");
  if (answer.wish && pattern instanceof HTMLButtonElement) {
    const undo = document.createElement("button");
    undo.className = "told-undo";
    undo.textContent = answer.undo ?? "";
    undo.name = "unwish";
    undo.value = thing;
    undo.setAttribute("form", "save-form");
    undo.setAttribute("formaction", pattern.formAction);
    message.append(undo);
  }
  window.clearTimeout(fading);
  fading = window.setTimeout(() => message.remove(), TOLD_MS);
}

/**
 * @param {string} selector
 * @param {string} thing
 * @returns {HTMLButtonElement[]}
 */
function buttons(selector, thing) {
  const all = /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll(selector));
  return [...all].filter((one) => one.value === thing);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const button = event.submitter;
  if (!(form instanceof HTMLFormElement) || form.id !== "save-form") return;
  if (!(button instanceof HTMLButtonElement)) return;
  event.preventDefault();
  void send(form, button);
});

// A menu closes when one goes on elsewhere.
document.addEventListener("click", (event) => {
  const within = event.target instanceof Element ? event.target.closest("details.entry-menu") : null;
  for (const menu of document.querySelectorAll("details.entry-menu[open]")) {
    if (menu !== within) menu.removeAttribute("open");
  }
});

export {};
