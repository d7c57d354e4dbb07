// What lies over a page: the lines of the press file, and the marks of what one asked for.
import { view } from "./view.js";

// A box on a page, in mm from a corner of it: what is drawn scales with the page.
function boxOf(kind, [left, top, width, height], sheet, corner) {
  const box = document.createElement("span");
  box.className = kind;
  box.style.left = `${(100 * (left + corner[0])) / sheet.width}%`;
  box.style.top = `${(100 * (top + corner[1])) / sheet.height}%`;
  box.style.width = `${(100 * width) / sheet.width}%`;
  box.style.height = `${(100 * height) / sheet.height}%`;
  return box;
}

export function rule(page) {
  const { press } = view.state.targets, { trim, bleed, safe } = press;
  const within = [trim[0] + safe, trim[1] + safe, trim[2] - 2 * safe, trim[3] - 2 * safe];
  for (const [kind, box] of [["bleed", bleed], ["trim", trim], ["safe", within]]) page.append(boxOf(`rule ${kind}`, box, press, [0, 0]));
}

export function mark(page, boxes, name) {
  unmark(document);
  const sheet = view.state.targets[name];
  if (!boxes.length) page.append(boxOf("mark all", [0, 0, sheet.width, sheet.height], sheet, [0, 0]));
  for (const box of boxes) page.append(boxOf("mark", box, sheet, sheet.trim));
}

export function unmark(part) {
  for (const each of part.querySelectorAll(".mark")) each.remove();
}
