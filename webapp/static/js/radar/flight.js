// The flight between two radars that the server has laid out: polar coordinates are interpolated,
// the new centre comes in straight and the old one leaves straight on the other side
// (Yee, Fisher, Dhamija and Hearst, 2001). This knows positions, not how they are found.

import { shownPicture } from "./keys.js";

const FLIGHT_MS = 700;
const FADE_MS = 160;

/** @typedef {{angle: number, radius: number}} Polar */
/**
 * @typedef {{element: SVGElement, from: Polar, to: Polar, fade: number, size: [number, number]}} Move
 *   fade: 1 comes, -1 goes, 0 stays; size: at the start and at the end
 */

/** How large a centre is where it begins or ends as a sign. */
const SMALL = 0.25;

/**
 * Put the radar of another page in the place of this one, with a flight.
 * @param {HTMLElement} root
 * @param {Document} page
 */
export function arrive(root, page) {
  const next = document.importNode(/** @type {HTMLElement} */ (page.getElementById("radar")), true);
  const before = shownPicture(root);
  const opened = root.querySelector("details.filters")?.hasAttribute("open");
  const same = root.dataset.iri === next.dataset.iri;
  const list = root.querySelector(".panel-list");
  root.replaceWith(next);
  next.querySelector("details.filters")?.toggleAttribute("open", Boolean(opened));
  if (same && list) next.querySelector(".panel-list")?.scrollTo(0, 0);
  document.title = page.title;
  takeOver(page, ".language-switch");
  document.dispatchEvent(new CustomEvent("radar:arrived"));
  const after = shownPicture(next);
  if (!before || !after || before.dataset.form !== after.dataset.form) return;
  if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) {
    after.animate([{ opacity: 0 }, { opacity: 1 }], FADE_MS);
    return;
  }
  fly(next, before, after, root.dataset.iri ?? "", next.dataset.iri ?? "");
}

/**
 * Let a part of the page follow another page.
 * @param {Document} page
 * @param {string} selector
 */
function takeOver(page, selector) {
  const now = document.querySelector(selector);
  const then = page.querySelector(selector);
  if (now && then) now.replaceWith(document.importNode(then, true));
}

/**
 * Everything in a picture that has a place, by its IRI.
 * @param {SVGSVGElement} picture
 * @returns {Map<string, {element: SVGElement, at: Polar}>}
 */
function places(picture) {
  const found = new Map();
  for (const element of picture.querySelectorAll("a.item, a.centre")) {
    const at = {
      angle: Number(element.getAttribute("data-angle")),
      radius: Number(element.getAttribute("data-radius")),
    };
    found.set(element.getAttribute("data-iri") ?? "", { element, at });
  }
  return found;
}

/**
 * @param {HTMLElement} root
 * @param {SVGSVGElement} before
 * @param {SVGSVGElement} after
 * @param {string} left IRI of the old centre
 * @param {string} reached IRI of the new one
 */
function fly(root, before, after, left, reached) {
  const old = places(before);
  const fresh = places(after);
  const goal = old.get(reached)?.at ?? null;
  // Everything moves against the direction of the flight; without one it stays where it is.
  const course = left !== reached ? goal : null;
  /** @type {Move[]} */
  const moves = [];
  for (const [iri, { element, at }] of fresh) {
    const start = old.get(iri)?.at;
    if (iri === reached) {
      // The new centre keeps its direction all the way to the middle.
      const to = { angle: course?.angle ?? 0, radius: 0 };
      if (course) moves.push({ element, from: course, to, fade: 0, size: [SMALL, 1] });
    } else {
      const from = iri === left && course ? behind(course, 0) : start ?? beyond(at);
      // As a sign the old centre comes in while it goes as a disc.
      const fade = start && from === start ? 0 : 1;
      moves.push({ element, from, to: at, fade, size: [1, 1] });
    }
  }
  const ghosts = document.createElementNS("http://www.w3.org/2000/svg", "g");
  ghosts.setAttribute("class", "ghosts");
  ghosts.setAttribute("aria-hidden", "true");
  for (const [iri, { element, at }] of old) {
    const isLeft = iri === left && course;
    if (fresh.has(iri) && !isLeft) continue;
    const ghost = ghostOf(element);
    ghosts.append(ghost);
    if (isLeft) {
      const to = fresh.get(iri)?.at ?? behind(course, course.radius);
      moves.push({ element: ghost, from: behind(course, 0), to, fade: -1, size: [1, SMALL] });
    } else {
      moves.push({ element: ghost, from: at, to: shifted(at, course), fade: -1, size: [1, 1] });
    }
  }
  after.querySelector(".paths")?.before(ghosts);
  const ground = before.querySelector(".ground");
  const oldGround = ground ? ghostOf(/** @type {SVGElement} */ (ground)) : null;
  if (oldGround) after.querySelector(".ground")?.after(oldGround);
  play(root, after, moves, oldGround, () => {
    ghosts.remove();
    oldGround?.remove();
  });
}

/**
 * A copy that is only looked at.
 * @param {SVGElement} element
 * @returns {SVGElement}
 */
function ghostOf(element) {
  const group = document.createElementNS("http://www.w3.org/2000/svg", "g");
  group.setAttribute("class", `${element.getAttribute("class") ?? ""} ghost`);
  for (const child of element.children) {
    if (!child.matches("title, .ping, .hit")) group.append(child.cloneNode(true));
  }
  return group;
}

/**
 * @param {Polar} course
 * @param {number} radius
 * @returns {Polar}
 */
function behind(course, radius) {
  return { angle: course.angle + 180, radius };
}

/**
 * Where a newcomer comes from: farther out in its own direction.
 * @param {Polar} at
 * @returns {Polar}
 */
function beyond(at) {
  return { angle: at.angle, radius: at.radius + 60 };
}

/**
 * Where something goes that the new centre does not know: along with the old surroundings.
 * @param {Polar} at
 * @param {Polar | null} course
 * @returns {Polar}
 */
function shifted(at, course) {
  if (!course) return beyond(at);
  const [x, y] = cartesian(at);
  const [dx, dy] = cartesian(course);
  return polar(x - dx, y - dy);
}

/**
 * @param {Polar} at
 * @returns {[number, number]}
 */
function cartesian(at) {
  const turn = (at.angle * Math.PI) / 180;
  return [Math.sin(turn) * at.radius, -Math.cos(turn) * at.radius];
}

/**
 * @param {number} x
 * @param {number} y
 * @returns {Polar}
 */
function polar(x, y) {
  return { angle: (Math.atan2(x, -y) * 180) / Math.PI, radius: Math.hypot(x, y) };
}

/**
 * A place between two others, the shorter way around.
 * @param {Polar} from
 * @param {Polar} to
 * @param {number} share
 * @returns {Polar}
 */
export function between(from, to, share) {
  const turn = ((((to.angle - from.angle) % 360) + 540) % 360) - 180;
  return {
    angle: from.angle + turn * share,
    radius: from.radius + (to.radius - from.radius) * share,
  };
}

/**
 * Slow in, slow out.
 * @param {number} share
 */
function eased(share) {
  return share < 0.5 ? 4 * share ** 3 : 1 - (2 - 2 * share) ** 3 / 2;
}

/**
 * @param {HTMLElement} root
 * @param {SVGSVGElement} picture
 * @param {Move[]} moves
 * @param {SVGElement | null} oldGround
 * @param {() => void} done
 */
function play(root, picture, moves, oldGround, done) {
  const ground = /** @type {SVGElement | null} */ (picture.querySelector(".ground:not(.ghost)"));
  const chips = /** @type {SVGElement | null} */ (picture.querySelector(".chips-layer"));
  const started = performance.now();
  root.classList.add("is-flying");

  /** @param {number} now */
  const frame = (now) => {
    const time = Math.max(0, Math.min(1, (now - started) / FLIGHT_MS));
    const share = eased(time);
    for (const move of moves) step(move, share, time);
    if (oldGround) oldGround.style.opacity = String(1 - share);
    if (ground && oldGround) ground.style.opacity = String(share);
    if (chips) chips.style.opacity = String(share);
    if (time < 1 && picture.isConnected) {
      window.requestAnimationFrame(frame);
      return;
    }
    for (const { element } of moves) element.style.opacity = "";
    for (const element of [ground, chips]) if (element) element.style.opacity = "";
    root.classList.remove("is-flying");
    done();
  };
  frame(started);
}

/**
 * @param {Move} move
 * @param {number} share
 * @param {number} time
 */
function step(move, share, time) {
  const [x, y] = cartesian(between(move.from, move.to, share));
  const [small, large] = move.size;
  const scale = small === large ? "" : ` scale(${(small + (large - small) * share).toFixed(3)})`;
  move.element.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})${scale}`);
  if (move.fade > 0) move.element.style.opacity = String(Math.max(0, time * 2 - 1));
  if (move.fade < 0) move.element.style.opacity = String(Math.max(0, 1 - time * 1.6));
}
