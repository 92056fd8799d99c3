// What every field with a list of suggestions below it shares: the roles of a combobox (WAI-ARIA
// Authoring Practices) and walking the list with the arrow keys.

/**
 * Make a hidden list for a field, and tell assistive technology that they belong together.
 * @param {HTMLInputElement} input
 * @param {string} id
 * @param {string} label
 */
export function listFor(input, id, label) {
  const list = document.createElement("ul");
  list.className = "suggestions";
  list.id = id;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", label);
  list.hidden = true;
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", id);
  // The field keeps the focus while somebody chooses with the mouse or a finger.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  return list;
}

/**
 * Go to an option; one step past either end is the field itself.
 * @param {HTMLInputElement} input
 * @param {HTMLElement} list
 * @param {number} from
 * @param {number} to
 * @returns {number} where that is; -1 for the field
 */
export function moveTo(input, list, from, to) {
  const options = [...list.children];
  options[from]?.setAttribute("aria-selected", "false");
  const there = to < -1 ? options.length - 1 : to >= options.length ? -1 : to;
  const option = options[there];
  if (!option) {
    input.removeAttribute("aria-activedescendant");
    return there;
  }
  option.setAttribute("aria-selected", "true");
  option.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", option.id);
  return there;
}
