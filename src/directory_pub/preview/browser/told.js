// What the server tells: what is at work, which pages there are, and what came of the build.
import { fillPanels } from "./panels.js";
import { anchorOf } from "./position.js";
import { showPages } from "./showing.js";
import { $, say, shownTargets, view } from "./view.js";

export function hear(news) {
  document.body.classList.remove("lost");
  say($("doing"), news.doing && `${news.doing} …`);
  $("progress").hidden = !news.doing;
  $("progress").classList.toggle("known", typeof news.share === "number");
  $("progress").style.setProperty("--share", news.share ?? 1);
  if (news.panels) fillPanels(news.panels);
  if (news.state) take(news.state);
}

export function lose() {
  document.body.classList.add("lost");
  $("progress").hidden = true;
  $("doing").textContent = "The preview has ended: start it again, and this page goes on.";
}

function take(news) {
  // A preview that was begun again has no pages yet: those that are seen stay until it has.
  const seen = view.state?.targets ?? {};
  const told = Object.keys(news.targets).length ? news : { ...news, targets: seen };
  const anchor = anchorOf();
  const ended = view.state && told.outcome !== view.state.outcome;
  view.state = told;
  const title = told.title || "Preview";
  if (document.title !== title) document.title = title;
  say($("title"), title);
  document.body.classList.toggle("withheld", told.withheld);
  const targets = Object.keys(told.targets);
  for (const button of document.querySelectorAll(".target")) button.disabled = !targets.includes(button.dataset.target);
  showEmpty(targets.length > 0);
  if (targets.length) showPages(anchor);
  tell(ended);
}

// The window has become wide, or narrow.
export function takeAgain() {
  if (view.state) take(view.state);
}

function showEmpty(any) {
  $("empty").hidden = any;
  if (any || !view.state.outcome) return;
  $("empty").querySelector("h2").textContent = "There are no pages yet";
  $("empty").querySelector("p").textContent = "Mend what stands under findings: the pages come with the save that can be built.";
}

function tell(ended) {
  const { state } = view;
  const changed = shownTargets().flatMap((name) => state.targets[name].changed);
  const pages = [...new Set(changed)].sort((a, b) => a - b);
  let told = state.status;
  if (ended && pages.length && !state.withheld) {
    told += pages.length > 6 ? `. ${pages.length} pages changed` : `. Changed: page${pages.length > 1 ? "s" : ""} ${pages.join(", ")}`;
  }
  say($("status"), told);
  if (!ended) return;
  if (state.withheld) $("findings").scrollTop = 0; // errors stand first
  else for (const row of $("contents").querySelectorAll(".turn")) {
    const first = Number(row.dataset.folio), last = first + Number(row.dataset.pages);
    row.classList.toggle("changed", pages.some((page) => page >= first && page < last));
  }
}
