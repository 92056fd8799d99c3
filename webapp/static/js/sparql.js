// @ts-check
/**
 * Turns the text field of the SPARQL page into an editor, where the editor is installed.
 * The form stays what asks: with and without scripts the address is the whole state.
 */

/**
 * @typedef {object} Editor
 * @property {() => string} getValue
 * @property {() => void} refresh
 * @property {() => HTMLTextAreaElement} getInputField
 */

const field = /** @type {HTMLTextAreaElement | null} */ (document.getElementById("query"));
const form = /** @type {HTMLFormElement | null} */ (document.getElementById("query-form"));
/** @type {(new (parent: HTMLElement, options: object) => Editor) & {Autocompleters?: object} | undefined} */
const Yasqe = /** @type {any} */ (window).Yasqe;

/**
 * @param {HTMLFormElement} form
 * @param {HTMLTextAreaElement} field
 * @param {NonNullable<typeof Yasqe>} Yasqe
 */
function replaceField(form, field, Yasqe) {
  const place = document.createElement("div");
  field.after(place);
  const submit = () => form.requestSubmit();
  const editor = new Yasqe(place, {
    value: field.value,
    // Nothing is stored in the browser, and nobody else is asked for prefixes or properties.
    persistenceId: null,
    autocompleters: ["variables"],
    showQueryButton: false,
    createShareableLink: null,
    resizeable: false,
    screenReaderLabel: field.dataset.label,
    lineWrapping: true,
    // Tab must lead on, or people without a mouse are caught in the editor.
    extraKeys: { Tab: false, "Shift-Tab": false, "Ctrl-Enter": submit, "Cmd-Enter": submit },
  });
  const input = editor.getInputField();
  input.setAttribute("aria-label", field.dataset.label ?? "");
  for (const name of ["aria-invalid", "aria-describedby"]) {
    const value = field.getAttribute(name);
    if (value) input.setAttribute(name, value);
  }
  field.hidden = true;
  form.addEventListener("submit", () => {
    field.value = editor.getValue();
  });
  document.querySelector(`label[for="${field.id}"]`)?.addEventListener("click", () => input.focus());
  document.querySelector("[data-hint]")?.removeAttribute("hidden");
}

if (field && form && Yasqe) replaceField(form, field, Yasqe);
