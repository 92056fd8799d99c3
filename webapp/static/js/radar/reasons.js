// Why something is near: its reason in a card, and its path drawn from the centre.

import { shownPicture } from "./keys.js";

const SVG = "http://www.w3.org/2000/svg";

/** @typedef {{iri: string, label: string, wedge: string, relation: string, forward: boolean}} Step */
/** @typedef {{x: number, y: number}} Point */

/** @param {HTMLElement} root */
export function showReasons(root) {
  // The card tells more than the browser's own hint would, which would cover it.
  for (const hint of root.querySelectorAll(".radar-picture .item > title")) hint.remove();
  /** @param {Event} event */
  const enter = (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const item = target?.closest(".item");
    const about = item ?? target?.closest(".entry");
    if (about) light(root, about.getAttribute("data-iri") ?? "", item ?? null);
    else clear(root);
  };
  root.addEventListener("pointerover", enter);
  root.addEventListener("focusin", enter);
  root.addEventListener("pointerleave", () => clear(root));
  root.addEventListener("focusout", () => clear(root));
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape") clear(root);
  });
}

/** @param {HTMLElement} root */
function clear(root) {
  for (const lit of root.querySelectorAll(".is-lit, .is-way")) {
    lit.classList.remove("is-lit", "is-way");
  }
  for (const items of root.querySelectorAll(".is-quiet")) items.classList.remove("is-quiet");
  for (const layer of root.querySelectorAll(".paths, .notes")) layer.replaceChildren();
  const card = root.querySelector(".radar-card");
  if (card instanceof HTMLElement) card.hidden = true;
}

/**
 * Show why something is near.
 * @param {HTMLElement} root
 * @param {string} iri
 * @param {Element | null} item the sign in the picture, where it is what is pointed at
 */
function light(root, iri, item) {
  clear(root);
  const picture = shownPicture(root);
  if (root.classList.contains("is-flying") || !picture || !iri) return;
  const entry = withIri(root, ".entry", iri);
  entry?.classList.add("is-lit");
  const sign = withIri(picture, ".item", iri);
  if (!sign) return;
  sign.classList.add("is-lit");
  picture.querySelector(".items")?.classList.add("is-quiet");
  drawPath(picture, sign);
  if (item && entry) showCard(root, picture, sign, entry);
}

/**
 * @param {ParentNode} within
 * @param {string} selector
 * @param {string} iri
 * @returns {Element | null}
 */
function withIri(within, selector, iri) {
  return within.querySelector(`${selector}[data-iri="${CSS.escape(iri)}"]`);
}

/**
 * Where the server put something.
 * @param {Element} item
 * @returns {Point}
 */
function place(item) {
  const turn = (Number(item.getAttribute("data-angle")) * Math.PI) / 180;
  const radius = Number(item.getAttribute("data-radius"));
  return { x: Math.sin(turn) * radius, y: -Math.cos(turn) * radius };
}

/**
 * @param {SVGSVGElement} picture
 * @param {Element} sign
 */
function drawPath(picture, sign) {
  /** @type {Step[]} */
  const steps = JSON.parse(sign.getAttribute("data-path") || "[]");
  const end = place(sign);
  const length = Math.hypot(end.x, end.y) || 1;
  const aside = { x: -end.y / length, y: end.x / length };
  /** @type {Point[]} */
  const points = [];
  steps.slice(0, -1).forEach((step, index) => {
    const known = withIri(picture, ".item", step.iri);
    if (known) {
      known.classList.add("is-way");
      points.push(place(known));
      return;
    }
    // Not in the picture: halfway, a little aside, so that the line is not hidden by names.
    const share = (index + 1) / steps.length;
    const away = Math.min(34, length * 0.2) * (index % 2 ? -1 : 1);
    const at = { x: end.x * share + aside.x * away, y: end.y * share + aside.y * away };
    points.push(at);
    note(picture, at, step);
  });
  line(picture, sign, [...points, end]);
}

/**
 * @param {SVGSVGElement} picture
 * @param {Element} sign
 * @param {Point[]} points
 */
function line(picture, sign, points) {
  const first = points[0] ?? { x: 0, y: -1 };
  const centre = Number(picture.querySelector(".centre-disc")?.getAttribute("r") ?? 0) + 5;
  const far = Math.hypot(first.x, first.y) || 1;
  const start = { x: (first.x / far) * centre, y: (first.y / far) * centre };
  const path = document.createElementNS(SVG, "path");
  const way = [start, ...points].map((at) => `${at.x.toFixed(1)} ${at.y.toFixed(1)}`).join("L");
  path.setAttribute("d", `M${way}`);
  path.setAttribute("class", `way ${wedgeClass(sign)}`);
  picture.querySelector(".paths")?.append(path);
  path.style.setProperty("--length", `${path.getTotalLength().toFixed(0)}`);
}

/** @param {Element} sign */
function wedgeClass(sign) {
  return [...sign.classList].find((name) => name.startsWith("wedge-")) ?? "wedge-none";
}

/**
 * A thing on the way that is not in the picture, as a small label.
 * @param {SVGSVGElement} picture
 * @param {Point} at
 * @param {Step} step
 */
function note(picture, at, step) {
  const group = document.createElementNS(SVG, "g");
  group.setAttribute("class", `via wedge-${step.wedge}`);
  const text = document.createElementNS(SVG, "text");
  text.textContent = step.label.length > 34 ? `${step.label.slice(0, 33)}…` : step.label;
  text.setAttribute("text-anchor", "middle");
  const rect = document.createElementNS(SVG, "rect");
  group.append(rect, text);
  picture.querySelector(".notes")?.append(group);
  const width = text.getComputedTextLength() + 16;
  const box = picture.viewBox.baseVal;
  const x = Math.max(box.x + width / 2, Math.min(at.x, box.x + box.width - width / 2));
  text.setAttribute("x", x.toFixed(1));
  text.setAttribute("y", (at.y + 4).toFixed(1));
  rect.setAttribute("x", (x - width / 2).toFixed(1));
  rect.setAttribute("y", (at.y - 11).toFixed(1));
  rect.setAttribute("width", width.toFixed(1));
  rect.setAttribute("height", "22");
  rect.setAttribute("rx", "11");
}

/**
 * The reason beside the sign, inside the stage; what it says stands in the list.
 * @param {HTMLElement} root
 * @param {SVGSVGElement} picture
 * @param {Element} sign
 * @param {Element} entry
 */
function showCard(root, picture, sign, entry) {
  const card = root.querySelector(".radar-card");
  const stage = card?.parentElement;
  const hit = sign.querySelector(".hit");
  if (!(card instanceof HTMLElement) || !stage || !hit) return;
  const name = document.createElement("strong");
  name.textContent = entry.querySelector(".entry-name")?.textContent ?? "";
  const context = document.createElement("span");
  context.className = "context";
  context.textContent = entry.getAttribute("data-context");
  card.replaceChildren(name, context);
  const reason = entry.querySelector(".entry-reason");
  if (reason) card.append(reason.cloneNode(true));
  card.hidden = false;
  const frame = stage.getBoundingClientRect();
  const box = hit.getBoundingClientRect();
  const left = Math.max(
    4,
    Math.min(
      box.left + box.width / 2 - frame.left - card.offsetWidth / 2,
      frame.width - card.offsetWidth - 4,
    ),
  );
  const below = box.bottom - frame.top + 8;
  const above = box.top - frame.top - card.offsetHeight - 8;
  /** @param {number} top */
  const hidden = (top) => {
    const onScreen = top + frame.top >= 0 && top + frame.top + card.offsetHeight <= innerHeight;
    return (onScreen ? 0 : 1000) + coveredPath(picture, frame, left, top, card);
  };
  card.style.left = `${left}px`;
  card.style.top = `${hidden(below) <= hidden(above) ? below : above}px`;
}

/**
 * How much of the path a card would cover, counted in points along it.
 * @param {SVGSVGElement} picture
 * @param {DOMRect} frame
 * @param {number} left
 * @param {number} top
 * @param {HTMLElement} card
 */
function coveredPath(picture, frame, left, top, card) {
  const path = picture.querySelector(".way");
  const matrix = picture.getScreenCTM();
  if (!(path instanceof SVGPathElement) || !matrix) return 0;
  let covered = 0;
  for (let step = 0; step <= 20; step += 1) {
    const at = path.getPointAtLength((path.getTotalLength() * step) / 20).matrixTransform(matrix);
    const x = at.x - frame.left;
    const y = at.y - frame.top;
    const inside = x > left && x < left + card.offsetWidth;
    if (inside && y > top && y < top + card.offsetHeight) covered += 1;
  }
  return covered;
}
