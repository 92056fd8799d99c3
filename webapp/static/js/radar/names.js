// Names were measured with common fonts; a wider one is squeezed into the same room.

/** @param {ParentNode} root */
export function fitNames(root) {
  for (const name of root.querySelectorAll(".item .name[data-room]")) {
    const room = Number(name.getAttribute("data-room"));
    for (const line of name.querySelectorAll("text")) {
      if (line.getComputedTextLength() > room + 1) {
        line.setAttribute("textLength", String(room));
        line.setAttribute("lengthAdjust", "spacingAndGlyphs");
      }
    }
  }
}
