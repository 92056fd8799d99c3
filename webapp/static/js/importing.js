// The import pages: a file may be dropped on its field, and progress shows without reloading.
// Without this script the field is a plain one, and the page of a list reloads by itself.

/** @typedef {{state: string, step: string, text: string, done: number, whole: number}} Told */

const WORKING = ["received", "reading", "planning", "committing"];
const PAUSE = 700;

/**
 * Let files be dropped where there is a field for them.
 * @param {HTMLElement} area
 */
function takeDrops(area) {
  const field = /** @type {HTMLInputElement | null} */ (area.querySelector("input[type=file]"));
  if (!field) return;
  const hint = document.createElement("p");
  hint.className = "hint";
  hint.textContent = area.dataset.drop ?? "";
  field.after(hint);
  area.addEventListener("dragover", (event) => {
    event.preventDefault();
    area.dataset.over = "yes";
  });
  area.addEventListener("dragleave", () => delete area.dataset.over);
  area.addEventListener("drop", (event) => {
    event.preventDefault();
    delete area.dataset.over;
    const files = event.dataTransfer?.files;
    if (files?.length) field.files = files;
  });
}

/**
 * Show how far a list has come until a person is wanted, or it is done.
 * @param {HTMLElement} box
 */
async function follow(box) {
  const bar = /** @type {HTMLProgressElement | null} */ (box.querySelector("progress"));
  const words = box.querySelector("[role=status]");
  let first = "";
  for (;;) {
    await new Promise((resume) => setTimeout(resume, PAUSE));
    let told;
    try {
      const answer = await fetch(box.dataset.progress ?? "", { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.statusText);
      told = /** @type {Told} */ (await answer.json());
    } catch {
      // Signed out, or the server is being started anew: the page itself says so best, later.
      await new Promise((resume) => setTimeout(resume, 4 * PAUSE));
      location.reload();
      return;
    }
    first ||= told.state;
    const columns = told.state === "planning" && told.step === "columns";
    const turned = told.state === "committing" && first !== "committing";
    if (!WORKING.includes(told.state) || columns || turned) {
      location.reload();
      return;
    }
    if (words) words.textContent = told.text;
    if (!bar) continue;
    if (told.whole) {
      bar.max = told.whole;
      bar.value = told.done;
    } else {
      bar.removeAttribute("value");
    }
  }
}

for (const area of document.querySelectorAll(".drop")) takeDrops(/** @type {HTMLElement} */ (area));
const box = /** @type {HTMLElement | null} */ (document.querySelector("[data-progress]"));
if (box) follow(box);
