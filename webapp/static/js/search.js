// A search field as a combobox with a list of suggestions. Without this script the field is a
// plain form. The server ranks, marks and makes every address; this only shows them.
//
// `data-suggest` on a form: where to ask; `data-kinds`: only for these kinds; `data-name`: what the
// parts of the list are called, where there are several fields; `data-choose`: choosing sends the
// form with the thing (`kind/slug`) in a field of that name, instead of going to its radar.

import { listFor, moveTo } from "./listbox.js";

/**
 * @typedef {{iri: string, kind: string, slug: string, label: string, context: string, matched: string,
 *   label_marks: number[][], marks: number[][], as_of: string, radar: string}} Hit
 * @typedef {{query: string, total: number, hits: Hit[]}} Answer
 */

const WAIT_MS = 60;
const SHOWN = 8;

/**
 * Put a text into an element, with some letters marked.
 * Python counts characters and JavaScript UTF-16 units, so the text is spread first.
 * @param {HTMLElement} element
 * @param {string} text
 * @param {number[][]} marks
 */
function fillMarked(element, text, marks) {
  const letters = [...text];
  let done = 0;
  for (const [start, end] of marks) {
    element.append(letters.slice(done, start).join(""));
    const mark = document.createElement("mark");
    mark.textContent = letters.slice(start, end).join("");
    element.append(mark);
    done = end;
  }
  element.append(letters.slice(done).join(""));
}

class Suggestions {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.input = /** @type {HTMLInputElement} */ (form.querySelector('input[name="q"]'));
    this.name = form.dataset.name ?? "site-search";
    this.list = listFor(this.input, `${this.name}-list`, form.dataset.listLabel ?? "");
    this.status = document.createElement("span");
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    form.append(this.list, this.status);
    /** @type {Map<string, Answer>} */
    this.known = new Map();
    this.active = -1;
    /** @type {number | undefined} */
    this.timer = undefined;
    /** @type {AbortController | undefined} */
    this.request = undefined;
    const input = this.input;
    input.addEventListener("input", () => this.later());
    input.addEventListener("focus", () => input.value.trim() && this.later());
    input.addEventListener("keydown", (event) => this.key(event));
    form.addEventListener("focusout", (event) => {
      if (!form.contains(/** @type {Node | null} */ (event.relatedTarget))) this.close();
    });
    this.list.addEventListener("click", (event) => {
      const option = /** @type {Element} */ (event.target).closest("[role=option]");
      if (option) this.go(/** @type {HTMLElement} */ (option));
    });
  }

  get options() {
    return /** @type {HTMLElement[]} */ ([...this.list.children]);
  }

  later() {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.ask(), WAIT_MS);
  }

  async ask() {
    const q = this.input.value.trim();
    this.request?.abort();
    if (!q) {
      this.close();
      return;
    }
    let answer = this.known.get(q);
    if (!answer) {
      const request = new AbortController();
      this.request = request;
      const address = new URL(this.form.dataset.suggest ?? "", window.location.href);
      address.searchParams.set("q", q);
      if (this.form.dataset.kinds) address.searchParams.set("kinds", this.form.dataset.kinds);
      address.searchParams.set("limit", String(SHOWN));
      address.searchParams.set("lang", document.documentElement.lang);
      try {
        const response = await fetch(address, { signal: request.signal });
        if (!response.ok) throw new Error(response.statusText);
        answer = /** @type {Answer} */ (await response.json());
      } catch (error) {
        // Typing on, or a server that is away: the form itself still works.
        if (/** @type {Error} */ (error).name !== "AbortError") this.close();
        return;
      }
      this.known.set(q, answer);
    }
    if (q === this.input.value.trim() && document.activeElement === this.input) this.show(answer);
  }

  /** @param {Answer} answer */
  show(answer) {
    this.list.replaceChildren(...answer.hits.map((hit, at) => this.option(hit, at)));
    if (answer.total > answer.hits.length && this.form.dataset.all) this.list.append(this.all(answer));
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    const open = answer.hits.length > 0;
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
    const template = open ? this.form.dataset.found : this.form.dataset.nothing;
    this.status.textContent = (template ?? "").replace("{count}", String(answer.total));
  }

  /**
   * @param {Hit} hit
   * @param {number} at
   */
  option(hit, at) {
    const option = document.createElement("li");
    option.className = "suggestion";
    option.id = `${this.name}-option-${at}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.address = hit.radar;
    option.dataset.thing = `${hit.kind}/${hit.slug}`;
    const face = document.getElementById(`kind-sign-${hit.kind}`);
    if (face instanceof HTMLTemplateElement) option.append(face.content.cloneNode(true));
    const text = document.createElement("span");
    text.className = "suggestion-text";
    const label = document.createElement("span");
    label.className = "suggestion-label";
    fillMarked(label, hit.label, hit.label_marks);
    const context = document.createElement("span");
    context.className = "suggestion-context";
    const other = hit.label_marks.length === 0 && [...hit.matched].length < 60;
    context.textContent = hit.context + (other ? " · " : "");
    if (other) fillMarked(context, hit.matched, hit.marks);
    text.append(label, context);
    option.append(text);
    return option;
  }

  /** @param {Answer} answer */
  all(answer) {
    const option = document.createElement("li");
    option.className = "suggestion suggestion-all";
    option.id = `${this.name}-option-all`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.textContent = (this.form.dataset.all ?? "").replace("{count}", String(answer.total));
    return option;
  }

  /** @param {number} to */
  move(to) {
    this.active = moveTo(this.input, this.list, this.active, to);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.isComposing) return;
    const open = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) {
        this.ask();
        return;
      }
      this.move(this.active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && open && this.active >= 0) {
      event.preventDefault();
      this.go(this.options[this.active]);
    } else if (event.key === "Escape" && open) {
      // The first Escape closes the list, a second one empties the field.
      event.preventDefault();
      this.close();
    }
  }

  /** @param {HTMLElement} option */
  go(option) {
    const field = this.form.dataset.choose;
    if (field && option.dataset.thing) {
      const chosen = document.createElement("input");
      Object.assign(chosen, { type: "hidden", name: field, value: option.dataset.thing });
      this.input.value = "";
      this.form.append(chosen);
      this.form.requestSubmit();
    } else if (option.dataset.address) window.location.assign(option.dataset.address);
    else this.form.requestSubmit();
  }

  close() {
    window.clearTimeout(this.timer);
    this.request?.abort();
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.status.textContent = "";
  }
}

for (const form of document.querySelectorAll("form[data-suggest]")) {
  new Suggestions(/** @type {HTMLFormElement} */ (form));
}

export {};
