// The pages as elements: spread by spread, each with what it shows now and what it is called.
import { rule, unmark } from "./boxes.js";
import { drawNear, flash } from "./drawing.js";
import { NAMES, narrow, spreads, view } from "./view.js";

let madeFor = "";
let leaves = {}; // by the file: for each page its element, and what was shown there last

// Make the rows of spreads anew if other files are seen, or one has more pages, or the window is another.
export function arrange(names) {
  const count = Math.max(...names.map((name) => view.state.targets[name].pages.length));
  const wanted = `${names.join()} ${count} ${narrow.matches}`;
  if (wanted === madeFor) return;
  madeFor = wanted;
  view.rows = rowsOf(count);
  leaves = Object.fromEntries(names.map((name) => [name, []]));
  spreads.replaceChildren(...view.rows.map((row) => spreadOf(row, names)));
  drawNear();
}

function rowsOf(count) {
  if (narrow.matches) return Array.from({ length: count }, (_, at) => [at + 1]);
  const made = [[null, 1]];
  for (let number = 2; number <= count; number += 2) made.push([number, number < count ? number + 1 : null]);
  return made;
}

function spreadOf(row, names) {
  const spread = document.createElement("li");
  spread.className = "spread";
  for (const name of names) {
    const group = document.createElement("div");
    group.className = `file-of ${name}`;
    group.append(...row.map((number) => leaf(name, number)));
    spread.append(group);
  }
  return spread;
}

function leaf(name, number) {
  const made = document.createElement("div");
  made.className = "leaf";
  if (number === null) {
    made.classList.add("blank");
    return made;
  }
  const page = document.createElement("button");
  page.type = "button";
  page.className = "page";
  page.tabIndex = -1;
  page.dataset.target = name;
  page.dataset.number = number;
  const label = document.createElement("div");
  label.className = "number";
  label.textContent = number;
  label.setAttribute("aria-hidden", "true");
  made.append(page, label);
  leaves[name].push({ page, print: null, title: null });
  return made;
}

// Give each page what it shows now, and say which show something else; the others cost nothing, however many there are.
export function update(names) {
  const replaced = [];
  for (const name of names) {
    const { pages: prints, pieces, changed } = view.state.targets[name];
    const titles = pieces.flatMap(([, title, , count]) => Array(count).fill(title));
    for (const [at, leaf] of leaves[name].entries()) {
      const print = prints[at] ?? "", title = titles[at] ?? "";
      if (leaf.title !== title) call(leaf, at + 1, title, names.length > 1 ? NAMES[name] : "");
      if (leaf.print === print) continue;
      replace(leaf, print, changed.includes(at + 1));
      if (name === "press" && !leaf.page.querySelector(".rule")) rule(leaf.page);
      replaced.push(leaf.page);
    }
  }
  return replaced;
}

function call(leaf, number, title, file) {
  leaf.title = title;
  leaf.page.ariaLabel = `${[`Page ${number}`, title, file].filter(Boolean).join(", ")}: show where it was written`;
}

function replace(leaf, print, isChanged) {
  if (leaf.print && isChanged) flash(leaf.page);
  leaf.print = leaf.page.dataset.print = print;
  leaf.page.parentElement.classList.toggle("blank", !print);
  unmark(leaf.page);
}

export const pageOf = (name, number) => leaves[name][number - 1]?.page;
