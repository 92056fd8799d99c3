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

/**
 * @typedef {object} Completers
 * @property {(from: string, change: object, enable: boolean) => void} forkAutocompleter
 */

/** @type {(new (parent: HTMLElement, options: object) => Editor) & Completers | undefined} */
const Yasqe = /** @type {any} */ (window).Yasqe;

/**
 * What the editor offers while one types comes from our ontology alone: the built-in lists would
 * ask other hosts, or hold prefixes that mean nothing here.
 *
 * @param {NonNullable<typeof Yasqe>} Yasqe
 * @param {{prefixes: string[], classes: string[], properties: string[]}} vocabulary
 * @returns {string[]} the names of the completers
 */
function offer(Yasqe, vocabulary) {
  const lists = { prefixes: vocabulary.prefixes, class: vocabulary.classes, property: vocabulary.properties };
  return Object.entries(lists).map(([kind, get]) => {
    const name = `clusterradar-${kind}`;
    Yasqe.forkAutocompleter(kind, { name, get, bulk: true, autoShow: true, persistenceId: null }, false);
    return name;
  });
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLTextAreaElement} field
 * @param {NonNullable<typeof Yasqe>} Yasqe
 */
function replaceField(form, field, Yasqe) {
  const place = document.createElement("div");
  field.after(place);
  const completers = offer(Yasqe, JSON.parse(field.dataset.vocabulary ?? "{}"));
  const submit = () => form.requestSubmit();
  const editor = new Yasqe(place, {
    value: field.value,
    // Nothing is stored in the browser.
    persistenceId: null,
    autocompleters: [...completers, "variables"],
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
