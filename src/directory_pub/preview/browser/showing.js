// Which files are seen, and their pages with all that goes with them.
import { drawAll } from "./drawing.js";
import { arrange, update } from "./pages.js";
import { anchorOf, follow, stayAt, turnTo } from "./position.js";
import { NAMES, keep, shownTargets, view } from "./view.js";
import { measure } from "./zoom.js";

const MOST_SIDE_BY_SIDE = 2;
let fresh = true; // no page was shown yet

export function showPages(anchor) {
  const names = shownTargets();
  for (const button of document.querySelectorAll(".target")) {
    button.setAttribute("aria-pressed", names.includes(button.dataset.target));
  }
  document.querySelector(".overlays").hidden = !names.includes("press");
  arrange(names);
  measure(names);
  const replaced = update(names);
  if (fresh) {
    fresh = false;
    turnTo(Number(location.hash.slice(1)) || 1);
  } else {
    stayAt(anchor);
  }
  drawAll(replaced);
  follow();
}

// One file, or two side by side: the one that was asked for last takes the place of the first.
export function chooseTarget(name) {
  const names = shownTargets();
  if (!names.includes(name)) view.asked = [...names, name].slice(-MOST_SIDE_BY_SIDE);
  else view.asked = names.length > 1 ? names.filter((each) => each !== name) : names;
  view.asked.sort((a, b) => Object.keys(NAMES).indexOf(a) - Object.keys(NAMES).indexOf(b));
  showPages(anchorOf());
  keep();
}
