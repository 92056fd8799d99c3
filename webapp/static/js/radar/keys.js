// The picture is one stop of the Tab key; arrows go around a ring and between rings.

/**
 * The picture that is shown: which one it is, the style sheet decides by the screen.
 * @param {ParentNode} root
 * @returns {SVGSVGElement | null}
 */
export function shownPicture(root) {
  const pictures = /** @type {NodeListOf<SVGSVGElement>} */ (
    root.querySelectorAll("svg.radar-picture")
  );
  return [...pictures].find((picture) => picture.getClientRects().length > 0) ?? null;
}

/**
 * Everything in a picture that can have the focus.
 * @param {ParentNode} picture
 * @returns {SVGAElement[]}
 */
function stops(picture) {
  return [...picture.querySelectorAll("a[data-ring]")].map(
    (stop) => /** @type {SVGAElement} */ (stop),
  );
}

/** @param {Element} stop */
const ring = (stop) => Number(stop.getAttribute("data-ring"));
/** @param {Element} stop */
const angle = (stop) => (Number(stop.getAttribute("data-angle")) + 360) % 360;

/**
 * How far apart two directions are.
 * @param {number} one
 * @param {number} other
 */
function apart(one, other) {
  const between = Math.abs(one - other) % 360;
  return Math.min(between, 360 - between);
}

/** @param {ParentNode} root */
export function makeOneStop(root) {
  for (const picture of root.querySelectorAll("svg.radar-picture")) {
    for (const stop of stops(picture)) {
      stop.setAttribute("tabindex", stop.classList.contains("centre") ? "0" : "-1");
      stop.addEventListener("focus", () => {
        for (const other of stops(picture)) other.setAttribute("tabindex", "-1");
        stop.setAttribute("tabindex", "0");
      });
    }
  }
}

/**
 * Where the arrows lead from the centre, in degrees.
 * @type {Record<string, number>}
 */
const DIRECTIONS = { ArrowUp: 0, ArrowRight: 90, ArrowDown: 180, ArrowLeft: 270 };

/**
 * The stop that an arrow leads to.
 * @param {SVGAElement[]} all
 * @param {SVGAElement} from
 * @param {string} key
 * @returns {SVGAElement | undefined}
 */
export function neighbour(all, from, key) {
  if (key === "Home") return all.find((stop) => ring(stop) === 0);
  const rings = [...new Set(all.map(ring))].sort((one, other) => one - other);
  if (ring(from) === 0) return nearestIn(all, rings[1], DIRECTIONS[key]);
  if (key === "ArrowRight" || key === "ArrowLeft") {
    const around = all
      .filter((stop) => ring(stop) === ring(from))
      .sort((one, other) => angle(one) - angle(other));
    const step = key === "ArrowRight" ? 1 : around.length - 1;
    return around[(around.indexOf(from) + step) % around.length];
  }
  const outwards = key === "ArrowUp";
  return nearestIn(all, rings[rings.indexOf(ring(from)) + (outwards ? 1 : -1)], angle(from));
}

/**
 * The stop of a ring that lies nearest to a direction.
 * @param {SVGAElement[]} all
 * @param {number | undefined} wanted the ring; undefined where there is none
 * @param {number} direction in degrees, clockwise from the top
 * @returns {SVGAElement | undefined}
 */
function nearestIn(all, wanted, direction) {
  return all
    .filter((stop) => ring(stop) === wanted)
    .sort((one, other) => apart(angle(one), direction) - apart(angle(other), direction))[0];
}

const ARROWS = new Set(["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown", "Home"]);

/**
 * @param {KeyboardEvent} event
 * @param {() => void} goBack
 */
export function atKeys(event, goBack) {
  const active = document.activeElement;
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
  const root = document.getElementById("radar");
  if (!root || !active || !root.contains(active)) return;
  if (event.key === "Backspace") {
    event.preventDefault();
    goBack();
    return;
  }
  const picture = active.closest("svg.radar-picture");
  if (!picture || !ARROWS.has(event.key)) return;
  event.preventDefault();
  const all = stops(picture);
  const from = all.find((stop) => stop === active);
  if (from) neighbour(all, from, event.key)?.focus();
}
