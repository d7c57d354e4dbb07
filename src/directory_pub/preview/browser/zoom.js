// How large the pages are: what fits the window, times what one has chosen.
import { sharpen } from "./drawing.js";
import { anchorOf, follow, stayAt } from "./position.js";
import { $, book, keep, narrow, say, shownTargets, spreads, view } from "./view.js";

const LEAST_ZOOM = 0.25, MOST_ZOOM = 8, STEP = 1.25;

export function measure(names) {
  const { targets } = view.state;
  const wide = names.reduce((sum, name) => sum + targets[name].width * (narrow.matches ? 1 : 2), 0);
  const high = Math.max(...names.map((name) => targets[name].height));
  // Without bars to scroll by, which come and go with what is shown.
  const room = { width: book.offsetWidth - (narrow.matches ? 24 : 64) - 32 * (names.length - 1) - 4, height: book.offsetHeight - 60 };
  const fits = room.width / wide;
  const base = narrow.matches ? fits : Math.min(fits, room.height / high);
  const sizes = names.map((name) => sizeOf(targets[name], Math.max(base, 0.2) * view.zoom * devicePixelRatio));
  for (const [at, name] of names.entries()) {
    set(`--${name}-w`, inPixels(sizes[at].width));
    set(`--${name}-h`, inPixels(sizes[at].height));
  }
  set("--row-h", inPixels(Math.max(...sizes.map((size) => size.height))));
  say($("zoom"), view.zoom === 1 ? "Fit" : `${Math.round(view.zoom * 100)} %`);
}

// A page in whole pixels of the screen: of so many its picture is drawn (see drawing.py), and none is made up between them.
function sizeOf({ width, height }, perMm) {
  const wide = Math.max(1, Math.floor(width * perMm));
  return { width: wide, height: Math.ceil((wide - 0.01) * height / width) };
}

const inPixels = (ofScreen) => `${ofScreen / devicePixelRatio}px`;

// What is as it was is not set: thousands of pages would be measured again.
function set(name, value) {
  if (spreads.style.getPropertyValue(name) !== value) spreads.style.setProperty(name, value);
}

export const larger = () => resize(Math.min(MOST_ZOOM, view.zoom * STEP));
export const smaller = () => resize(Math.max(LEAST_ZOOM, view.zoom / STEP));
export const fit = () => resize(1);
export const fitAgain = () => resize(view.zoom); // the window is another

function resize(zoom) {
  if (!view.state || !Object.keys(view.state.targets).length) return;
  const anchor = anchorOf();
  view.zoom = Math.abs(zoom - 1) < 0.01 ? 1 : zoom;
  measure(shownTargets());
  stayAt(anchor);
  follow();
  keep();
  sharpen();
}
