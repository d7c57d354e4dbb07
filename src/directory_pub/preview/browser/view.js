// What is seen, in one place: the parts of the page, and what the modules share of where one is and what one has chosen.

export const $ = (id) => document.getElementById(id);
export const book = $("book"), spreads = $("spreads");
// Words that are as they were are left alone: the browser would lay them out again.
export function say(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

export const narrow = matchMedia("(max-width: 52rem)");
export const NAMES = { email: "Email", press: "Press", PROOF: "Proof" };

export const view = {
  state: null,      // what the server told last
  asked: ["email"], // the files that somebody wants to see, side by side
  zoom: 1,          // of what fits the window
  rows: [],         // the spreads: lists of 1-based page numbers, null where there is no page
  current: 0,       // the row that is seen
};

export function shownTargets() {
  const { asked, state } = view;
  const there = asked.filter((name) => state.targets[name]);
  return there.length ? there : Object.keys(state.targets).slice(0, 1);
}

// What one has chosen outlives the page, in this tab.
export function keep() {
  const { classList } = document.body;
  const closed = ["contents", "findings"].filter((each) => classList.contains(`no-${each}`));
  sessionStorage.setItem("preview", JSON.stringify({ asked: view.asked, zoom: view.zoom, closed }));
}

// Take up what was kept; the names of the panels that were closed.
export function recall() {
  const kept = JSON.parse(sessionStorage.getItem("preview") || "{}");
  view.asked = kept.asked || view.asked;
  view.zoom = kept.zoom || view.zoom;
  return kept.closed || [];
}
