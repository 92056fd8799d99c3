// Pages of other radars, fetched as the server draws them for everybody.

const KEPT = 12;
const HOVER_MS = 90;

/** @typedef {{document: Document, address: string}} Page */

/** @type {Map<string, Promise<Page | null>>} */
const pages = new Map();
let waiting = 0;

/**
 * The page at an address, or null where there is no radar to fly to.
 * @param {string} address
 * @returns {Promise<Page | null>}
 */
export function load(address) {
  const key = address.split("#")[0] ?? address;
  const known = pages.get(key);
  if (known) return known;
  const page = fetched(key);
  pages.set(key, page);
  const oldest = pages.keys().next().value;
  if (pages.size > KEPT && oldest !== undefined) pages.delete(oldest);
  void page.then((found) => {
    if (!found) pages.delete(key);
  });
  return page;
}

// Saving a thing changes what pages show.
document.addEventListener("things:saved", () => pages.clear());

/**
 * Fetch a page before it is asked for, once the pointer rests on its link.
 * @param {string} address
 */
export function prefetch(address) {
  window.clearTimeout(waiting);
  waiting = window.setTimeout(() => void load(address), HOVER_MS);
}

/**
 * @param {string} address
 * @returns {Promise<Page | null>}
 */
async function fetched(address) {
  try {
    const response = await fetch(address, { headers: { Accept: "text/html" } });
    if (!response.ok) return null;
    const found = new DOMParser().parseFromString(await response.text(), "text/html");
    if (!found.getElementById("radar")) return null;
    return { document: found, address: response.url || address };
  } catch {
    // Offline, or the server is gone: the browser's own navigation says so best.
    return null;
  }
}
