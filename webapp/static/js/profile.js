// The fields of a profile that link to things: suggestions as somebody types, chips as soon as one
// is chosen. Without this script the words are sent as they are and the server asks back.

import { listFor, moveTo } from "./listbox.js";

/** @typedef {{iri: string, kind: string, label: string, context: string}} Hit */

const WAIT_MS = 80;
const SHOWN = 8;

class Adding {
  /**
   * @param {HTMLElement} row
   * @param {string} address
   * @param {string} label
   */
  constructor(row, address, label) {
    this.row = row;
    this.address = address;
    this.key = row.dataset.add ?? "";
    this.kinds = row.dataset.kinds ?? "";
    this.input = /** @type {HTMLInputElement} */ (row.querySelector('input[type="text"]'));
    this.audience = /** @type {HTMLSelectElement | null} */ (row.querySelector("select"));
    this.template = /** @type {HTMLTemplateElement} */ (row.querySelector("template"));
    this.chips = /** @type {HTMLElement} */ (document.querySelector(`[data-chips="${this.key}"]`));
    this.list = listFor(this.input, `suggestions-${this.key}`, label);
    row.append(this.list);
    /** @type {Hit[]} */
    this.hits = [];
    this.active = -1;
    /** @type {number | undefined} */
    this.timer = undefined;
    /** @type {AbortController | undefined} */
    this.request = undefined;
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("click", (event) => {
      const option = /** @type {Element} */ (event.target).closest("[role=option]");
      if (option) this.choose([...this.list.children].indexOf(option));
    });
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
    const address = new URL(this.address, window.location.href);
    address.searchParams.set("q", q);
    address.searchParams.set("kinds", this.kinds);
    address.searchParams.set("limit", String(SHOWN));
    address.searchParams.set("lang", document.documentElement.lang);
    this.request = new AbortController();
    try {
      const response = await fetch(address, { signal: this.request.signal });
      if (!response.ok) throw new Error(response.statusText);
      const answer = await response.json();
      if (q === this.input.value.trim() && document.activeElement === this.input) {
        this.show(answer.hits);
      }
    } catch (error) {
      if (/** @type {Error} */ (error).name !== "AbortError") this.close();
    }
  }

  /** @param {Hit[]} hits */
  show(hits) {
    this.hits = hits;
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.list.replaceChildren(...hits.map((hit, at) => this.option(hit, at)));
    this.list.hidden = hits.length === 0;
    this.input.setAttribute("aria-expanded", String(hits.length > 0));
  }

  /**
   * @param {Hit} hit
   * @param {number} at
   */
  option(hit, at) {
    const option = document.createElement("li");
    option.className = "suggestion";
    option.id = `${this.list.id}-${at}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const sign = document.getElementById(`kind-sign-${hit.kind}`);
    if (sign instanceof HTMLTemplateElement) option.append(sign.content.cloneNode(true));
    const text = document.createElement("span");
    text.className = "suggestion-text";
    const label = document.createElement("span");
    label.className = "suggestion-label";
    label.textContent = hit.label;
    const context = document.createElement("span");
    context.className = "suggestion-context";
    context.textContent = hit.context;
    text.append(label, context);
    option.append(text);
    return option;
  }

  /** @param {number} to */
  move(to) {
    this.active = moveTo(this.input, this.list, this.active, to);
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.isComposing) return;
    const open = !this.list.hidden;
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && open) {
      event.preventDefault();
      this.move(this.active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && open) {
      // Enter takes a suggestion; it does not send a form that is not finished.
      event.preventDefault();
      this.choose(Math.max(this.active, 0));
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      this.close();
    }
  }

  /** @param {number} at */
  choose(at) {
    const hit = this.hits[at];
    if (!hit) return;
    const value = `<${hit.iri}>`;
    const there = [...this.chips.querySelectorAll('input[type="hidden"]')];
    if (!there.some((input) => /** @type {HTMLInputElement} */ (input).value === value)) {
      this.chips.append(this.chip(hit, value, there.length));
    }
    this.input.value = "";
    this.close();
    this.input.focus();
  }

  /**
   * @param {Hit} hit
   * @param {string} value
   * @param {number} number
   */
  chip(hit, value, number) {
    const chip = /** @type {DocumentFragment} */ (this.template.content.cloneNode(true));
    for (const control of chip.querySelectorAll("[name]")) {
      const name = control.getAttribute("name") ?? "";
      control.setAttribute("name", name.replace(`${this.key}-0-`, `${this.key}-${number}-`));
      const spoken = control.getAttribute("aria-label");
      if (spoken) control.setAttribute("aria-label", `${spoken} ${hit.label}`.trim());
    }
    const text = /** @type {HTMLInputElement} */ (chip.querySelector('input[type="hidden"]'));
    text.value = value;
    const name = /** @type {HTMLElement} */ (chip.querySelector(".value-name"));
    name.textContent = hit.label;
    const sign = document.getElementById(`kind-sign-${hit.kind}`);
    if (sign instanceof HTMLTemplateElement) name.before(sign.content.cloneNode(true));
    const chosen = chip.querySelector("select");
    if (chosen && this.audience) chosen.value = this.audience.value;
    return chip;
  }

  close() {
    window.clearTimeout(this.timer);
    this.request?.abort();
    this.list.hidden = true;
    this.active = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

for (const form of document.querySelectorAll("form.profile-form[data-things]")) {
  const { things, listLabel } = /** @type {HTMLFormElement} */ (form).dataset;
  for (const row of form.querySelectorAll("[data-add]")) {
    new Adding(/** @type {HTMLElement} */ (row), things ?? "", listLabel ?? "");
  }
}
