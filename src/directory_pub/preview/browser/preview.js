// The page of the preview begins here: what one does with it, by mouse and by keyboard.
import { beginPanels, clearNarrow, togglePanel } from "./panels.js";
import { dropPlace, hidePlace, isPlaceShown, open, showFinding, showPlace } from "./places.js";
import { followScrolling, turnRow, turnTo } from "./position.js";
import { listen } from "./server.js";
import { chooseTarget } from "./showing.js";
import { hear, lose, takeAgain } from "./told.js";
import { $, book, narrow, recall, spreads, view } from "./view.js";
import { fit, fitAgain, larger, smaller } from "./zoom.js";

const back = () => turnRow(view.current - 1), on = () => turnRow(view.current + 1);
const BUTTONS = { smaller, larger, fit, back, on };
const KEYS = {
  ArrowRight: on, ArrowLeft: back, PageDown: on, PageUp: back,
  Home: () => turnRow(0), End: () => turnRow(view.rows.length - 1),
  "+": larger, "=": larger, "-": smaller, "0": fit,
  Escape: hidePlace,
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const { dataset } = button;
  if (button.classList.contains("page")) showPlace(button, event);
  else if (dataset.finding !== undefined) showFinding(button);
  else if (dataset.folio !== undefined) { clearNarrow(); turnTo(Number(dataset.folio)); }
  else if (dataset.place !== undefined) open(dataset.place);
  else if (dataset.overlay) toggleOverlay(button);
  else if (dataset.panel) togglePanel(dataset.panel);
  else if (dataset.target) { dropPlace(); chooseTarget(dataset.target); }
  else BUTTONS[button.id]?.();
});

function toggleOverlay(button) {
  const off = document.body.classList.toggle(`no-${button.dataset.overlay}`);
  button.setAttribute("aria-pressed", !off);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in KEYS)) return;
  if (event.target.closest(".side, .place") && /^(Page|Home|End)/.test(event.key)) return; // they scroll there
  if (event.key === "Escape" && !isPlaceShown()) return;
  event.preventDefault();
  const onPage = event.target.closest(".page");
  KEYS[event.key]();
  if (onPage && event.key !== "Escape") spreads.children[view.current]?.querySelector(".page")?.focus({ preventScroll: true });
});

book.addEventListener("scroll", followScrolling, { passive: true });
new ResizeObserver(fitAgain).observe(book, { box: "border-box" });
narrow.addEventListener("change", takeAgain);

beginPanels(recall());
listen(hear, lose);
