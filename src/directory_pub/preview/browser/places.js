// From a place on a page to where it was written and into the editor, and from a finding to its place on a page.
import { mark, unmark } from "./boxes.js";
import { pageOf } from "./pages.js";
import { clearNarrow } from "./panels.js";
import { follow, turnTo } from "./position.js";
import { ask } from "./server.js";
import { $, shownTargets, view } from "./view.js";

const place = $("place");
let placed = null; // the page that was asked

export async function showFinding(button) {
  const found = await ask(`/mark/${button.dataset.finding}`);
  unmarkFindings();
  button.setAttribute("aria-current", "true");
  if (!found.folio || !view.rows.length) return;
  place.hidden = true;
  clearNarrow();
  turnTo(found.folio);
  const name = shownTargets()[0], page = pageOf(name, found.folio);
  if (page) mark(page, found.boxes, name);
  else unmark(document);
  page?.querySelector(".mark")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  follow();
}

export async function showPlace(page, event) {
  const name = page.dataset.target, number = page.dataset.number, sheet = view.state.targets[name];
  unmarkFindings();
  if (event.detail === 0) { // by the keyboard: no point of the page is meant
    showPassages(await ask(`/passages/${name}/${number}`), page, name);
    return;
  }
  const box = page.getBoundingClientRect();
  const x = ((event.clientX - box.left) / box.width) * sheet.width - sheet.trim[0];
  const y = ((event.clientY - box.top) / box.height) * sheet.height - sheet.trim[1];
  const found = await ask(`/at/${name}/${number}/${Math.max(x, 0).toFixed(2)}/${Math.max(y, 0).toFixed(2)}`);
  if (found.where) mark(page, found.boxes, name);
  showPassages(found.where ? [found] : [], page, name);
  if (found.opens) open(found.place);
}

export async function open(number) {
  const { fault } = await ask(`/open/${number}`, { method: "POST" });
  if (fault) $("status").textContent = fault;
}

export function hidePlace() {
  const page = placed;
  dropPlace();
  page?.focus({ preventScroll: true });
}

// The page that was asked is not seen any more.
export function dropPlace() {
  place.hidden = true;
  unmark(document);
  unmarkFindings();
  placed = null;
}

export const isPlaceShown = () => !place.hidden || document.querySelector(".mark") !== null;

function unmarkFindings() {
  for (const each of document.querySelectorAll("#findings .turn[aria-current]")) each.removeAttribute("aria-current");
}

// ---------------------------------------------------------------- the card that tells
function showPassages(passages, page, name) {
  placed = page;
  place.hidden = false;
  place.replaceChildren(closing());
  if (!passages.length) {
    place.append(element("p", "text", "These pages are of an earlier build: where they were written is known after the next one."));
    return;
  }
  const list = document.createElement("ul");
  for (const each of passages) {
    const item = document.createElement("li");
    item.append(...(passages.length > 1 ? [choice(each, page, name)] : [...told(each), actions(each)]));
    list.append(item);
  }
  place.append(list);
  place.querySelector(".turn")?.focus();
}

function told(each) {
  const field = each.field && each.field !== "body" ? `, ${each.field}` : "";
  return [element("span", "at", `${each.where}${field}`), element("p", "text", each.text)];
}

function choice(each, page, name) {
  const made = button("turn", "", () => { mark(page, each.boxes, name); if (each.opens) open(each.place); });
  made.append(...told(each));
  return made;
}

function actions(each) {
  const made = element("p", "do", "");
  const copy = button("open", "Copy the place", () => navigator.clipboard?.writeText(each.where).then(() => { copy.textContent = "Copied"; }));
  if (each.opens) made.append(button("open", "Open in editor", () => open(each.place)));
  made.append(copy);
  return made;
}

function closing() {
  const made = button("close", "", hidePlace);
  const sign = element("span", "", "×");
  sign.setAttribute("aria-hidden", "true");
  made.append(sign, element("span", "aloud", "Close"));
  return made;
}

function button(name, text, act) {
  const made = element("button", name, text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

function element(kind, name, text) {
  const made = document.createElement(kind);
  made.className = name;
  made.textContent = text;
  return made;
}
