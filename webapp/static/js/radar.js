// The radar's scripts: they show reasons, listen to keys and fly. All that is laid out comes from
// the server; without these scripts every suggestion is a plain link.

import { arrive } from "./radar/flight.js";
import { atKeys, makeOneStop } from "./radar/keys.js";
import { load, prefetch } from "./radar/load.js";
import { showReasons } from "./radar/reasons.js";
import { fitNames } from "./radar/names.js";

/** The newest flight; an older one that is answered later is forgotten. */
let newest = 0;

/**
 * How many flights lie behind this step of the history, so that Backspace never leaves the radar.
 * @returns {number}
 */
function flown() {
  return Number(window.history.state?.flown ?? 0);
}

/** @returns {HTMLElement | null} */
function radar() {
  return document.getElementById("radar");
}

/** Make a radar that has just come into the page come alive. */
function wake() {
  const root = radar();
  if (!root) return;
  fitNames(root);
  // Where the trail is longer than the screen is wide, its newest part is what matters.
  const trail = root.querySelector(".trail ol");
  if (trail) trail.scrollLeft = trail.scrollWidth;
  makeOneStop(root);
  showReasons(root);
}

/**
 * Show the radar at an address.
 * @param {string} address
 * @param {{push: boolean, stay: boolean}} how push: as a new step of the history;
 *   stay: only lens or filters change, so focus and scroll position remain.
 */
async function show(address, how) {
  const root = radar();
  const flight = ++newest;
  if (!root) return;
  root.setAttribute("aria-busy", "true");
  const page = await load(address);
  if (flight !== newest) return;
  if (!page) {
    window.location.assign(address);
    return;
  }
  if (how.push) {
    window.history.pushState({ flown: flown() + 1 }, "", page.address);
  }
  const focus = whereFocusIs(root);
  arrive(root, page.document);
  wake();
  if (how.stay) refocus(focus);
  else if (focus) focusCentre();
  announce(page.document);
}

/**
 * What of the radar has the focus, as words to find its like in the next one.
 * @param {HTMLElement} root
 * @returns {string}
 */
function whereFocusIs(root) {
  const active = document.activeElement;
  if (!active || !root.contains(active)) return "";
  return active.getAttribute("data-name") || active.textContent?.trim() || "radar";
}

/** @param {string} name */
function refocus(name) {
  const links = [...(radar()?.querySelectorAll(".panel-head a, .panel-list > .soft a") ?? [])];
  const like = links.find((link) => link.textContent?.trim() === name);
  if (like instanceof HTMLElement) like.focus({ preventScroll: true });
}

function focusCentre() {
  const centres = radar()?.querySelectorAll("a.centre") ?? [];
  for (const centre of centres) {
    if (centre instanceof SVGElement && centre.getClientRects().length) {
      centre.focus({ preventScroll: true });
    }
  }
}

/** @param {Document} page */
function announce(page) {
  const status = document.getElementById("radar-status");
  const told = page.getElementById("radar-status")?.dataset.arrived;
  if (status && told) status.textContent = told;
}

/**
 * The link that a click or key was meant for, if it is one that flies.
 * @param {Event} event
 * @returns {Element | null}
 */
function flyingLink(event) {
  const target = event.target;
  return target instanceof Element ? target.closest("#radar a[data-fly]") : null;
}

/**
 * @param {Element} link
 * @returns {string}
 */
function addressOf(link) {
  return new URL(link.getAttribute("href") ?? "", window.location.href).href;
}

/** @param {MouseEvent} event */
function onClick(event) {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const target = event.target instanceof Element ? event.target : null;
  const more = target?.closest("#radar a.more");
  if (more) {
    event.preventDefault();
    openList(more.getAttribute("href") ?? "");
    return;
  }
  const link = flyingLink(event);
  if (!link) return;
  event.preventDefault();
  void show(addressOf(link), { push: true, stay: link.getAttribute("data-fly") === "stay" });
}

/**
 * Bring the list to a wedge; the address stays what it is.
 * @param {string} anchor
 */
function openList(anchor) {
  const root = radar();
  const group = root?.querySelector(anchor);
  if (!root || !(group instanceof HTMLElement)) return;
  for (const other of root.querySelectorAll(".group.is-target")) other.classList.remove("is-target");
  group.classList.add("is-target");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const behavior = calm ? "auto" : "smooth";
  const list = group.parentElement;
  if (list && list.scrollHeight > list.clientHeight + 1) {
    // Beside the picture only the list scrolls; the picture stays where it is.
    const top = group.getBoundingClientRect().top - list.getBoundingClientRect().top;
    list.scrollTo({ top: list.scrollTop + top - 4, behavior });
  } else {
    group.scrollIntoView({ block: "start", behavior });
  }
  group.focus({ preventScroll: true });
}

function goBack() {
  const last = [...(radar()?.querySelectorAll(".trail a[data-iri]") ?? [])].pop();
  if (flown() > 0) {
    window.history.back();
  } else if (last) {
    void show(addressOf(last), { push: true, stay: false });
  }
}

let shownAddress = window.location.pathname + window.location.search;

function onHistory() {
  const address = window.location.pathname + window.location.search;
  if (address !== shownAddress) void show(window.location.href, { push: false, stay: false });
}

document.addEventListener("click", onClick);
document.addEventListener("keydown", (event) => atKeys(event, goBack));
document.addEventListener("pointerover", (event) => {
  const link = flyingLink(event);
  if (link && event.pointerType === "mouse") prefetch(addressOf(link));
});
window.addEventListener("popstate", onHistory);
// What somebody says of a thing moves the radar at once.
document.addEventListener("things:wished", () => {
  void show(window.location.href, { push: false, stay: true });
});
document.addEventListener("radar:arrived", () => {
  shownAddress = window.location.pathname + window.location.search;
});
wake();
