// The pictures of the pages that are near what is seen, in the pixels of the screen.
import { book, spreads, view } from "./view.js";

const near = new IntersectionObserver((entries) => {
  const come = [];
  for (const { target: spread, isIntersecting } of entries) {
    spread.dataset.near = isIntersecting ? "yes" : "";
    for (const page of spread.querySelectorAll(".page")) isIntersecting ? come.push(page) : page.querySelector("img")?.remove();
  }
  drawAll(come);
}, { root: book, rootMargin: "75% 0px" });

// From now on these are the spreads whose pages are drawn as they come near.
export function drawNear() {
  near.disconnect();
  for (const spread of spreads.children) near.observe(spread);
}

// Draw again what is near, once it is as large as it will be.
let sharpening = 0;

export function sharpen() {
  clearTimeout(sharpening);
  sharpening = setTimeout(() => { drawAll([...spreads.querySelectorAll('.spread[data-near="yes"] .page')]); }, 120);
}

// The pages that one looks at come first: the server draws one after the other.
export function drawAll(pages) {
  const seen = spreads.children[view.current];
  for (const page of pages) if (seen?.contains(page)) draw(page);
  for (const page of pages) if (!seen?.contains(page)) draw(page);
}

// Draw a page if it is near; the picture before stays until this one is there.
async function draw(page) {
  const print = page.dataset.print, spread = page.closest(".spread");
  if (!print || !spread || spread.dataset.near !== "yes") return;
  const width = Math.max(1, Math.round(page.getBoundingClientRect().width * devicePixelRatio));
  const source = `/page/${page.dataset.target}/${print}/${width}`;
  const before = page.querySelector("img");
  if (before && before.dataset.source === source) return;
  page.dataset.wanted = source;
  const image = new Image();
  image.alt = "";
  image.draggable = false;
  image.dataset.source = source;
  image.src = source;
  try {
    await image.decode();
  } catch {
    return; // there are newer pages, which are on their way
  }
  if (page.dataset.wanted !== source || spread.dataset.near !== "yes") return;
  const now = page.querySelector("img");
  if (now) now.replaceWith(image);
  else page.prepend(image);
}

// What has changed is seen to have changed.
export function flash(page) {
  if (page.classList.contains("changed")) {
    page.classList.remove("changed");
    void page.offsetWidth; // begins the animation again
  }
  page.classList.add("changed");
  setTimeout(() => page.classList.remove("changed"), 2500);
}
