// Where one is in the book, how one stays there when it changes, and how one turns elsewhere.
import { $, book, narrow, say, shownTargets, spreads, view } from "./view.js";

let spot = 0;        // the page of the row that was asked for
let turned = NaN;    // how far the book was scrolled when it was turned there
let reached = [];    // the pages that the Tab key comes to
let followed = null; // the row of the contents that is marked
const parts = $("contents").getElementsByClassName("turn"); // its rows as they are now, in the order of the book

// The piece and its page, so that a page more before it moves nothing, and how far down the row is.
export function anchorOf() {
  const spread = spreads.children[view.current];
  if (!spread || !view.state) return null;
  const number = view.rows[view.current].find(Boolean);
  const { pieces } = view.state.targets[shownTargets()[0]];
  const piece = pieces.findLast(([, , first]) => first < number);
  const share = { x: (book.scrollLeft + book.clientWidth / 2) / book.scrollWidth, y: (book.scrollTop - spread.offsetTop) / spread.offsetHeight };
  return { number, key: piece && piece[0], behind: piece && number - 1 - piece[2], ...share };
}

export function stayAt(anchor) {
  if (!anchor) return;
  const { pieces } = view.state.targets[shownTargets()[0]];
  const piece = pieces.find(([key, , , pages]) => key === anchor.key && anchor.behind < pages);
  const row = rowOf(piece ? piece[2] + anchor.behind + 1 : anchor.number);
  const spread = spreads.children[row];
  const stays = Math.abs(book.scrollTop - turned) <= 2;
  book.scrollTop = spread.offsetTop + anchor.y * spread.offsetHeight;
  if (stays) { view.current = row; turned = book.scrollTop; }
  book.scrollLeft = anchor.x * book.scrollWidth - book.clientWidth / 2;
}

function rowOf(number) {
  return within(narrow.matches ? number - 1 : number >> 1);
}

function within(row) {
  return Math.min(Math.max(row, 0), view.rows.length - 1);
}

export function turnTo(number) {
  spot = number;
  turnRow(rowOf(number));
}

export function turnRow(row) {
  const spread = spreads.children[within(row)];
  if (!spread) return;
  book.scrollTop = spread.offsetTop;
  view.current = within(row);
  turned = book.scrollTop;
  follow();
}

// The row that was turned to, and once one scrolls, the one at the head of the window: all that tells where one is follows.
export function follow() {
  const { rows } = view;
  if (!rows.length) return;
  if (Math.abs(book.scrollTop - turned) > 2) {
    const height = spreads.children[0].offsetHeight, top = spreads.children[0].offsetTop;
    view.current = within(Math.floor((book.scrollTop + Math.min(height, book.clientHeight) / 2 - top) / height));
    turned = NaN;
  }
  const { current } = view;
  const numbers = rows[current].filter(Boolean), last = rows.at(-1).filter(Boolean).at(-1);
  say($("where"), `${numbers.length > 1 ? "Pages" : "Page"} ${numbers.join("–")} of ${last}`);
  $("back").disabled = current === 0;
  $("on").disabled = current === rows.length - 1;
  reach([...spreads.children[current].querySelectorAll(".page")]);
  followContents(numbers.includes(spot) ? spot : numbers[0]);
  if (location.hash !== `#${numbers[0]}`) history.replaceState(null, "", `#${numbers[0]}`);
}

function reach(pages) {
  if (pages[0] === reached[0]) return;
  for (const page of reached) page.tabIndex = -1;
  for (const page of pages) page.tabIndex = 0;
  reached = pages;
}

// The row of the contents that the page belongs to is marked, and in sight.
function followContents(number) {
  const here = partOf(number);
  if (here === followed) return;
  followed?.removeAttribute("aria-current");
  here?.setAttribute("aria-current", "true");
  if (here && !$("contents").contains(document.activeElement)) here.scrollIntoView({ block: "nearest" });
  followed = here;
}

function partOf(number) {
  let low = 0, high = parts.length; // those before low begin no later than the page
  while (low < high) {
    const middle = (low + high) >> 1;
    if (Number(parts[middle].dataset.folio) <= number) low = middle + 1;
    else high = middle;
  }
  return parts[low - 1] ?? null;
}

let following = false;

export function followScrolling() {
  if (following) return;
  following = true;
  requestAnimationFrame(() => { following = false; follow(); });
}
