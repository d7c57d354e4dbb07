// The pages as elements: spread by spread, each with what it shows now and what it is called.
import { rule, unmark } from "./boxes.js";
import { draw, drawNear, flash } from "./drawing.js";
import { NAMES, narrow, spreads, view } from "./view.js";

let madeFor = "";

// Make the rows of spreads anew if other files are seen, or one has more pages, or the window is another.
export function arrange(names) {
  const count = Math.max(...names.map((name) => view.state.targets[name].pages.length));
  const wanted = `${names.join()} ${count} ${narrow.matches}`;
  if (wanted === madeFor) return;
  madeFor = wanted;
  view.rows = rowsOf(count);
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
  return made;
}

// Give each page what it shows now.
export function update(names) {
  for (const name of names) {
    const { pages, pieces, changed } = view.state.targets[name];
    const titles = pieces.flatMap(([, title, , count]) => Array(count).fill(title));
    for (const page of spreads.querySelectorAll(`.page[data-target="${name}"]`)) {
      const number = Number(page.dataset.number), print = pages[number - 1] ?? "";
      const title = titles[number - 1] ? `, ${titles[number - 1]}` : "";
      const shown = names.length > 1 ? `, ${NAMES[name]}` : "";
      const label = `Page ${number}${title}${shown}: show where it was written`;
      if (page.ariaLabel !== label) page.ariaLabel = label;
      page.parentElement.classList.toggle("blank", !print);
      if (page.dataset.print === print) continue;
      const replaced = Boolean(page.dataset.print) && changed.includes(number);
      page.dataset.print = print;
      unmark(page);
      if (name === "press" && !page.querySelector(".rule")) rule(page);
      draw(page);
      if (replaced) flash(page);
    }
  }
}

export function pageOf(name, number) {
  return spreads.querySelector(`.page[data-target="${name}"][data-number="${number}"]`);
}
