// What stands beside the pages, and whether it is seen; on a narrow screen one of the two at a time, over them.
import { $, keep, narrow } from "./view.js";

const PANELS = ["contents", "findings"];
let filled = {};

// What is as it was stays, with where one is in it.
export function fillPanels(panels) {
  for (const name of PANELS.filter((each) => panels[each] !== filled[each])) {
    const top = $(name).scrollTop, focus = $(name).contains(document.activeElement) && document.activeElement.dataset;
    $(name).innerHTML = `<h2 class="aloud">${name === "contents" ? "Contents" : "Findings"}</h2>${panels[name]}`;
    $(name).scrollTop = top;
    if (focus && focus.finding) $(name).querySelector(`[data-finding="${focus.finding}"]`)?.focus();
    if (focus && focus.key) $(name).querySelector(`[data-key="${CSS.escape(focus.key)}"]`)?.focus();
  }
  filled = panels;
  const count = $("findings").querySelectorAll(".finding").length;
  $("count").textContent = count || "";
}

export function beginPanels(closed) {
  if (narrow.matches) showPanel("");
  else for (const each of closed) document.body.classList.add(`no-${each}`);
  pressed();
}

export function togglePanel(name) {
  const closed = document.body.classList.contains(`no-${name}`);
  if (narrow.matches) showPanel(closed ? name : "");
  else document.body.classList.toggle(`no-${name}`);
  pressed();
  keep();
}

// Whoever turns to a page wants to see it.
export function clearNarrow() {
  if (narrow.matches) showPanel("");
}

function showPanel(name) {
  for (const each of PANELS) document.body.classList.toggle(`no-${each}`, each !== name);
  pressed();
}

function pressed() {
  for (const button of document.querySelectorAll(".panel")) {
    button.setAttribute("aria-pressed", !document.body.classList.contains(`no-${button.dataset.panel}`));
  }
}
