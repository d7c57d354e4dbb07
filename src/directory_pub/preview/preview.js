// The preview's page: shows what the server tells, draws pages as they come into sight, and asks for nothing else.

const $ = (id) => document.getElementById(id);
const book = $("book"), spreads = $("spreads"), place = $("place");
const narrow = matchMedia("(max-width: 52rem)");
const NAMES = { email: "Email", press: "Press", PROOF: "Proof" };
const LEAST_ZOOM = 0.25, MOST_ZOOM = 8, STEP = 1.25, MOST_SIDE_BY_SIDE = 2;

let state = null;      // what the server told last
let outcome = -1;      // the build whose panels are shown
let asked = ["email"]; // the files that somebody wants to see, side by side
let zoom = 1;          // of what fits the window
let rows = [];         // the spreads: lists of 1-based page numbers, null where there is no page
let current = 0;       // the row that is seen
let spot = 0;          // the page of it that was asked for
let turned = NaN;      // how far the book was scrolled when it was turned there
let target = "";       // what the rows were made for
let fresh = true;      // no page was shown yet

// ---------------------------------------------------------------- asking
async function ask(path, options) {
  const answer = await fetch(path, options);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

let asking = false, again = false;

async function refresh() {
  if (asking) { again = true; return; }
  asking = true;
  try {
    do {
      again = false;
      const told = await ask("/state");
      if (told.outcome !== outcome) showPanels(await ask("/panels"));
      take(told);
    } while (again);
  } catch {
    lost();
  } finally {
    asking = false;
  }
}

let stream = null;

function listen() {
  if (stream) stream.close();
  stream = new EventSource("/events");
  stream.onmessage = (event) => {
    const news = JSON.parse(event.data);
    document.body.classList.remove("lost");
    $("doing").textContent = news.doing && `${news.doing} …`;
    $("progress").hidden = !news.doing;
    $("progress").classList.toggle("known", news.share !== null);
    $("progress").style.setProperty("--share", news.share ?? 1);
    if (!state || news.shown !== state.shown) refresh();
  };
  stream.onerror = lost;
}

function lost() {
  document.body.classList.add("lost");
  $("progress").hidden = true;
  $("doing").textContent = "The preview has ended: start it again, and this page goes on.";
}

// A browser has few connections to one address: a tab that nobody sees holds none.
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) listen();
  else if (stream) { stream.close(); stream = null; }
});

// ---------------------------------------------------------------- what is told
function take(told) {
  const anchor = anchorOf();
  const ended = state && told.outcome !== state.outcome;
  state = told;
  document.title = told.title || "Preview";
  $("title").textContent = told.title || "Preview";
  document.body.classList.toggle("withheld", told.withheld);
  const targets = Object.keys(told.targets);
  for (const button of document.querySelectorAll(".target")) button.disabled = !targets.includes(button.dataset.target);
  showEmpty(targets.length > 0);
  if (targets.length) showPages(anchor);
  tell(ended);
}

function showEmpty(any) {
  $("empty").hidden = any;
  if (any || !state.outcome) return;
  $("empty").querySelector("h2").textContent = "There are no pages yet";
  $("empty").querySelector("p").textContent = "Mend what stands under findings: the pages come with the save that can be built.";
}

function tell(ended) {
  const changed = shownTargets().flatMap((name) => state.targets[name].changed);
  const pages = [...new Set(changed)].sort((a, b) => a - b);
  let told = state.status;
  if (ended && pages.length && !state.withheld) {
    told += pages.length > 6 ? `. ${pages.length} pages changed` : `. Changed: page${pages.length > 1 ? "s" : ""} ${pages.join(", ")}`;
  }
  if ($("status").textContent !== told) $("status").textContent = told;
  if (!ended) return;
  if (state.withheld) $("findings").scrollTop = 0; // errors stand first
  else for (const row of $("contents").querySelectorAll(".turn")) {
    const first = Number(row.dataset.folio), last = first + Number(row.dataset.pages);
    row.classList.toggle("changed", pages.some((page) => page >= first && page < last));
  }
}

function showPanels(panels) {
  outcome = Number(panels.outcome);
  for (const name of ["contents", "findings"]) {
    const top = $(name).scrollTop, focus = $(name).contains(document.activeElement) && document.activeElement.dataset;
    $(name).innerHTML = `<h2 class="aloud">${name === "contents" ? "Contents" : "Findings"}</h2>${panels[name]}`;
    $(name).scrollTop = top;
    if (focus && focus.finding) $(name).querySelector(`[data-finding="${focus.finding}"]`)?.focus();
    if (focus && focus.key) $(name).querySelector(`[data-key="${CSS.escape(focus.key)}"]`)?.focus();
  }
  const count = $("findings").querySelectorAll(".finding").length;
  $("count").textContent = count || "";
}

// ---------------------------------------------------------------- pages
function shownTargets() {
  const there = asked.filter((name) => state.targets[name]);
  return there.length ? there : Object.keys(state.targets).slice(0, 1);
}

function rowsOf(count) {
  const single = narrow.matches;
  if (single) return Array.from({ length: count }, (_, at) => [at + 1]);
  const made = [[null, 1]];
  for (let number = 2; number <= count; number += 2) made.push([number, number < count ? number + 1 : null]);
  return made;
}

function showPages(anchor) {
  const names = shownTargets();
  const count = Math.max(...names.map((name) => state.targets[name].pages.length));
  for (const button of document.querySelectorAll(".target")) {
    button.setAttribute("aria-pressed", names.includes(button.dataset.target));
  }
  document.querySelector(".overlays").hidden = !names.includes("press");
  const made = `${names.join()} ${count} ${narrow.matches}`;
  if (made !== target) {
    target = made;
    rows = rowsOf(count);
    build(names);
  }
  measure(names);
  update(names);
  if (fresh) {
    fresh = false;
    turnTo(Number(location.hash.slice(1)) || 1);
  } else {
    stayAt(anchor);
  }
  follow();
}

function build(names) {
  seen.disconnect();
  spreads.replaceChildren(...rows.map((row) => {
    const spread = document.createElement("li");
    spread.className = "spread";
    for (const name of names) {
      const group = document.createElement("div");
      group.className = `file-of ${name}`;
      group.append(...row.map((number) => leaf(name, number)));
      spread.append(group);
    }
    return spread;
  }));
  for (const spread of spreads.children) seen.observe(spread);
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

function update(names) {
  for (const name of names) {
    const { pages, pieces, changed } = state.targets[name];
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
      for (const mark of page.querySelectorAll(".mark")) mark.remove();
      if (name === "press" && !page.querySelector(".rule")) rule(page);
      draw(page);
      if (replaced) flash(page);
    }
  }
}

function flash(page) {
  page.classList.remove("changed");
  void page.offsetWidth; // begins the animation again
  page.classList.add("changed");
  setTimeout(() => page.classList.remove("changed"), 2500);
}

function rule(page) {
  const { trim, bleed, safe } = state.targets.press;
  const within = [trim[0] + safe, trim[1] + safe, trim[2] - 2 * safe, trim[3] - 2 * safe];
  for (const [kind, box] of [["bleed", bleed], ["trim", trim], ["safe", within]]) page.append(boxOf(`rule ${kind}`, box, state.targets.press, [0, 0]));
}

// A box on a page, in mm from a corner of it: what is drawn scales with the page.
function boxOf(kind, [left, top, width, height], sheet, corner) {
  const box = document.createElement("span");
  box.className = kind;
  box.style.left = `${(100 * (left + corner[0])) / sheet.width}%`;
  box.style.top = `${(100 * (top + corner[1])) / sheet.height}%`;
  box.style.width = `${(100 * width) / sheet.width}%`;
  box.style.height = `${(100 * height) / sheet.height}%`;
  return box;
}

const seen = new IntersectionObserver((entries) => {
  for (const { target: spread, isIntersecting } of entries) {
    spread.dataset.near = isIntersecting ? "yes" : "";
    for (const page of spread.querySelectorAll(".page")) isIntersecting ? draw(page) : page.querySelector("img")?.remove();
  }
}, { root: book, rootMargin: "75% 0px" });

// Draw a page that is near what is seen, in the pixels of the screen; the picture before stays until it is there.
async function draw(page) {
  const print = page.dataset.print, spread = page.closest(".spread");
  if (!print || !spread || spread.dataset.near !== "yes") return;
  const width = Math.max(1, Math.round(page.clientWidth * devicePixelRatio));
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

// ---------------------------------------------------------------- measures
function measure(names) {
  const wide = names.reduce((sum, name) => sum + state.targets[name].width * (narrow.matches ? 1 : 2), 0);
  const high = Math.max(...names.map((name) => state.targets[name].height));
  // Without bars to scroll by, which come and go with what is shown.
  const room = { width: book.offsetWidth - (narrow.matches ? 24 : 64) - 32 * (names.length - 1) - 4, height: book.offsetHeight - 60 };
  const fits = room.width / wide;
  const base = narrow.matches ? fits : Math.min(fits, room.height / high);
  for (const name of names) {
    set(`--${name}-w`, state.targets[name].width);
    set(`--${name}-h`, state.targets[name].height);
  }
  set("--row-h", high);
  set("--mm", `${Math.max(base, 0.2) * zoom}px`);
  $("zoom").textContent = zoom === 1 ? "Fit" : `${Math.round(zoom * 100)} %`;
}

// What is as it was is not set: thousands of pages would be measured again.
function set(name, value) {
  if (spreads.style.getPropertyValue(name) !== String(value)) spreads.style.setProperty(name, value);
}

let sharpening = 0;

function resize(factor) {
  if (!state || !Object.keys(state.targets).length) return;
  const anchor = anchorOf();
  zoom = factor === null ? 1 : Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, zoom * factor));
  if (Math.abs(zoom - 1) < 0.01) zoom = 1;
  measure(shownTargets());
  stayAt(anchor);
  follow();
  keep();
  clearTimeout(sharpening);
  sharpening = setTimeout(() => { for (const page of spreads.querySelectorAll('.spread[data-near="yes"] .page')) draw(page); }, 120);
}

// Where one is: the piece and its page, so that a page more before it moves nothing, and how far down the row is.
function anchorOf() {
  const spread = spreads.children[current];
  if (!spread || !state) return null;
  const number = rows[current].find(Boolean);
  const { pieces } = state.targets[shownTargets()[0]];
  const piece = pieces.findLast(([, , first]) => first < number);
  const share = { x: (book.scrollLeft + book.clientWidth / 2) / book.scrollWidth, y: (book.scrollTop - spread.offsetTop) / spread.offsetHeight };
  return { number, key: piece && piece[0], behind: piece && number - 1 - piece[2], ...share };
}

function stayAt(anchor) {
  if (!anchor) return;
  const { pieces } = state.targets[shownTargets()[0]];
  const piece = pieces.find(([key, , , count]) => key === anchor.key && anchor.behind < count);
  const row = rowOf(piece ? piece[2] + anchor.behind + 1 : anchor.number);
  const spread = spreads.children[row];
  const stays = Math.abs(book.scrollTop - turned) <= 2;
  book.scrollTop = spread.offsetTop + anchor.y * spread.offsetHeight;
  if (stays) { current = row; turned = book.scrollTop; }
  book.scrollLeft = anchor.x * book.scrollWidth - book.clientWidth / 2;
}

function rowOf(number) {
  const row = narrow.matches ? number - 1 : number >> 1;
  return Math.min(Math.max(row, 0), rows.length - 1);
}

function turnTo(number) {
  spot = number;
  turnRow(rowOf(number));
}

function turnRow(row) {
  const spread = spreads.children[Math.min(Math.max(row, 0), rows.length - 1)];
  if (!spread) return;
  book.scrollTop = spread.offsetTop;
  current = [...spreads.children].indexOf(spread);
  turned = book.scrollTop;
  follow();
}

// Where one is: the row that was turned to, and once one scrolls, the one at the head of the window.
function follow() {
  if (!rows.length) return;
  if (Math.abs(book.scrollTop - turned) > 2) {
    const height = spreads.children[0].offsetHeight, top = spreads.children[0].offsetTop;
    const row = Math.floor((book.scrollTop + Math.min(height, book.clientHeight) / 2 - top) / height);
    current = Math.min(Math.max(row, 0), rows.length - 1);
    turned = NaN;
  }
  const numbers = rows[current].filter(Boolean), last = rows.at(-1).filter(Boolean).at(-1);
  $("where").textContent = `${numbers.length > 1 ? "Pages" : "Page"} ${numbers.join("–")} of ${last}`;
  $("back").disabled = current === 0;
  $("on").disabled = current === rows.length - 1;
  for (const page of spreads.querySelectorAll('.page[tabindex="0"]')) page.tabIndex = -1;
  for (const page of spreads.children[current].querySelectorAll(".page")) page.tabIndex = 0;
  followContents(numbers.includes(spot) ? spot : numbers[0]);
  if (location.hash !== `#${numbers[0]}`) history.replaceState(null, "", `#${numbers[0]}`);
}

// The row of the contents that the page belongs to is marked, and in sight.
function followContents(number) {
  let here = null;
  for (const row of $("contents").querySelectorAll(".turn")) if (Number(row.dataset.folio) <= number) here = row;
  if (here === followed) return;
  followed?.removeAttribute("aria-current");
  here?.setAttribute("aria-current", "true");
  if (here && !$("contents").contains(document.activeElement)) here.scrollIntoView({ block: "nearest" });
  followed = here;
}

let following = false, followed = null;
book.addEventListener("scroll", () => {
  if (following) return;
  following = true;
  requestAnimationFrame(() => { following = false; follow(); });
}, { passive: true });
new ResizeObserver(() => resize(1)).observe(book, { box: "border-box" });
narrow.addEventListener("change", () => state && take(state));

// ---------------------------------------------------------------- marks, and where it was written
function mark(page, boxes, name) {
  for (const each of document.querySelectorAll(".mark")) each.remove();
  if (!page) return;
  const sheet = state.targets[name];
  if (!boxes.length) page.append(boxOf("mark all", [0, 0, sheet.width, sheet.height], sheet, [0, 0]));
  for (const box of boxes) page.append(boxOf("mark", box, sheet, sheet.trim));
}

const pageOf = (name, number) => spreads.querySelector(`.page[data-target="${name}"][data-number="${number}"]`);

async function showFinding(button) {
  const found = await ask(`/mark/${button.dataset.finding}`);
  for (const each of document.querySelectorAll("#findings .turn[aria-current]")) each.removeAttribute("aria-current");
  button.setAttribute("aria-current", "true");
  if (!found.folio || !rows.length) return;
  place.hidden = true;
  if (narrow.matches) showPanel("");
  turnTo(found.folio);
  const name = shownTargets()[0], page = pageOf(name, found.folio);
  mark(page, found.boxes, name);
  page?.querySelector(".mark")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  follow();
}

async function showPlace(page, event) {
  const name = page.dataset.target, number = page.dataset.number, sheet = state.targets[name];
  if (event.detail === 0) { // by the keyboard: no point of the page is meant
    const passages = await ask(`/passages/${name}/${number}`);
    showPassages(passages, page, name);
    return;
  }
  const box = page.getBoundingClientRect();
  const x = ((event.clientX - box.left) / box.width) * sheet.width - sheet.trim[0];
  const y = ((event.clientY - box.top) / box.height) * sheet.height - sheet.trim[1];
  const found = await ask(`/at/${name}/${number}/${Math.max(x, 0).toFixed(2)}/${Math.max(y, 0).toFixed(2)}`);
  if (found.where) mark(page, found.boxes.length ? found.boxes : [], name);
  showPassages(found.where ? [found] : [], page, name);
  if (found.opens) open(found.place);
}

function showPassages(passages, page, name) {
  const close = line("button", "close", "");
  const sign = line("span", "", "×");
  sign.setAttribute("aria-hidden", "true");
  close.type = "button";
  close.append(sign, line("span", "aloud", "Close"));
  close.addEventListener("click", hidePlace);
  place.replaceChildren(close);
  place.hidden = false;
  if (!passages.length) place.append(line("p", "text", "These pages are of an earlier build: where they were written is known after the next one."));
  const list = document.createElement("ul");
  for (const each of passages) {
    const item = document.createElement("li");
    if (passages.length > 1) {
      const button = line("button", "turn", "");
      button.type = "button";
      button.append(...told(each));
      button.addEventListener("click", () => { mark(page, each.boxes, name); if (each.opens) open(each.place); });
      item.append(button);
    } else {
      item.append(...told(each), actions(each));
    }
    list.append(item);
  }
  if (passages.length) place.append(list);
  if (passages.length > 1) place.querySelector(".turn").focus();
  placed = page;
}

let placed = null;

function told(each) {
  const field = each.field && each.field !== "body" ? `, ${each.field}` : "";
  return [line("span", "at", `${each.where}${field}`), line("p", "text", each.text)];
}

function actions(each) {
  const made = line("p", "do", "");
  const copy = line("button", "open", "Copy the place");
  copy.type = "button";
  copy.addEventListener("click", () => navigator.clipboard?.writeText(each.where).then(() => { copy.textContent = "Copied"; }));
  made.append(copy);
  if (each.opens) {
    const again = line("button", "open", "Open in editor");
    again.type = "button";
    again.addEventListener("click", () => open(each.place));
    made.prepend(again);
  }
  return made;
}

function line(kind, name, text) {
  const made = document.createElement(kind);
  made.className = name;
  made.textContent = text;
  return made;
}

function hidePlace() {
  place.hidden = true;
  mark(null);
  for (const each of document.querySelectorAll("#findings .turn[aria-current]")) each.removeAttribute("aria-current");
  placed?.focus({ preventScroll: true });
  placed = null;
}

async function open(number) {
  const { fault } = await ask(`/open/${number}`, { method: "POST" });
  if (fault) $("status").textContent = fault;
}

// ---------------------------------------------------------------- what one does
function showPanel(name) {
  for (const each of ["contents", "findings"]) document.body.classList.toggle(`no-${each}`, narrow.matches ? each !== name : false);
  panelsPressed();
}

function panelsPressed() {
  for (const button of document.querySelectorAll(".panel")) {
    button.setAttribute("aria-pressed", !document.body.classList.contains(`no-${button.dataset.panel}`));
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const { dataset } = button;
  if (button.classList.contains("page")) showPlace(button, event);
  else if (dataset.finding !== undefined) showFinding(button);
  else if (dataset.folio !== undefined) { if (narrow.matches) showPanel(""); turnTo(Number(dataset.folio)); }
  else if (dataset.place !== undefined) open(dataset.place);
  else if (dataset.overlay) {
    const off = document.body.classList.toggle(`no-${dataset.overlay}`);
    button.setAttribute("aria-pressed", !off);
  } else if (dataset.panel) {
    const closed = document.body.classList.contains(`no-${dataset.panel}`);
    if (narrow.matches) showPanel(closed ? dataset.panel : "");
    else document.body.classList.toggle(`no-${dataset.panel}`);
    panelsPressed();
    keep();
  } else if (dataset.target) chooseTarget(dataset.target);
  else if (button.id === "smaller") resize(1 / STEP);
  else if (button.id === "larger") resize(STEP);
  else if (button.id === "fit") resize(null);
  else if (button.id === "back") turnRow(current - 1);
  else if (button.id === "on") turnRow(current + 1);
});

// One file, or two side by side: the one that was asked for last takes the place of the first.
function chooseTarget(name) {
  const names = shownTargets();
  if (names.includes(name)) asked = names.length > 1 ? names.filter((each) => each !== name) : names;
  else asked = [...names, name].slice(-MOST_SIDE_BY_SIDE);
  asked.sort((a, b) => Object.keys(NAMES).indexOf(a) - Object.keys(NAMES).indexOf(b));
  mark(null);
  const anchor = anchorOf();
  showPages(anchor);
  keep();
}

const KEYS = {
  ArrowRight: () => turnRow(current + 1), ArrowLeft: () => turnRow(current - 1),
  PageDown: () => turnRow(current + 1), PageUp: () => turnRow(current - 1),
  Home: () => turnRow(0), End: () => turnRow(rows.length - 1),
  "+": () => resize(STEP), "=": () => resize(STEP), "-": () => resize(1 / STEP), "0": () => resize(null),
  Escape: hidePlace,
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in KEYS)) return;
  if (event.target.closest(".side, .place") && /^(Page|Home|End)/.test(event.key)) return; // they scroll there
  if (event.key === "Escape" && place.hidden && !document.querySelector(".mark")) return;
  event.preventDefault();
  const onPage = event.target.closest(".page");
  KEYS[event.key]();
  if (onPage && event.key !== "Escape") spreads.children[current]?.querySelector(".page")?.focus({ preventScroll: true });
});

// What one has chosen outlives the page, in this tab.
function keep() {
  const { classList } = document.body;
  sessionStorage.setItem("preview", JSON.stringify({ asked, zoom, closed: ["contents", "findings"].filter((each) => classList.contains(`no-${each}`)) }));
}

function begin() {
  const kept = JSON.parse(sessionStorage.getItem("preview") || "{}");
  asked = kept.asked || asked;
  zoom = kept.zoom || zoom;
  if (narrow.matches) showPanel("");
  else for (const each of kept.closed || []) document.body.classList.add(`no-${each}`);
  panelsPressed();
  listen();
}

begin();
