import { call } from "../api.js";
import { button, h } from "../dom.js";
import { actions, allowed, itemsFor, run } from "./interview-actions.js";
import { empty, table } from "./interviews-table.js";
import { recommendations, statuses } from "./labels.js";
import { listQuery } from "./list-query.js";
import { openMenu } from "./menu.js";
import { showContent, showFailure, signedIn } from "./shell.js";
import { shortcuts, shortcutsButton } from "./shortcuts.js";

// The list of all video interviews. What it shows lives in the address; what is selected lives here,
// and stays when one looks for more.

const { address, asked, changed, isFiltered } = listQuery(
  "/async-interviews", ["search", "status", "assessmentId", "candidateId", "recommendation", "deadline"]);
const groups = [["", "All"], ["SENT,OPENED,IN_PROGRESS", "With candidates"],
  ...Object.entries(statuses).map(([value, [label]]) => [value, label])];
const deadlines = { soon: "Due within 48 hours", passed: "Deadline passed" };
const PAUSE_MS = 250; // while one types

const selected = new Map();
let page = null; // what is on the screen: {list, results, total, chips, bar, …}
let loading = 0;
let typing = null;

const view = () => asked(location.search);

/** Draws the whole page. */
async function open() {
  const number = ++loading;
  try {
    const [list, { assessments }] = await Promise.all([
      call("GET", address(view(), "/api/async-interviews")), call("GET", "/api/assessments?limit=100"), signedIn()]);
    if (number !== loading) return;
    page = frame(assessments);
    showContent(page.head, page.search, page.chips, page.refusals, page.results, page.bar);
    draw(list);
  } catch (error) {
    page = null;
    showFailure(error, open);
  }
}

/** Asks for another list and leaves the rest of the page as it is. */
async function reload({ refocus = null } = {}) {
  if (!page) return open();
  const number = ++loading;
  page.results.setAttribute("aria-busy", "true");
  try {
    const list = await call("GET", address(view(), "/api/async-interviews"));
    if (number !== loading) return; // A newer question was asked meanwhile.
    draw(list);
    if (refocus) document.querySelector(refocus)?.focus();
  } catch (error) {
    page = null;
    showFailure(error, open);
  }
}

/** Goes to another view, which the browser's way back leaves again. */
function go(next, { replace = false, trail = [], refocus = null } = {}) {
  history[replace ? "replaceState" : "pushState"]({ trail }, "", address(next));
  return reload({ refocus });
}

// ---- What stays ------------------------------------------------------------------

function frame(assessments) {
  const search = h("input", {
    class: "input", id: "search", type: "search", maxlength: 100, "aria-label": "Search", autocomplete: "off",
    placeholder: "Search name, e-mail, assessment, job", "aria-keyshortcuts": "/", oninput: () => {
      clearTimeout(typing);
      typing = setTimeout(() => go(changed(view(), { search: search.value.trim() }), { replace: true }), PAUSE_MS);
    },
  });
  const select = (name, label, options) => h("select", {
    class: "input", id: name, "aria-label": label, onchange: ({ target }) => go(changed(view(), { [name]: target.value })),
  }, h("option", { value: "" }, label), options.map(([value, text]) => h("option", { value }, text)));
  const exported = h("a", { class: "button", id: "export", download: true }, "Export CSV");
  const total = h("p", { class: "muted", id: "total", role: "status" });
  return {
    exported, total,
    head: h("div", { class: "page-head" }, h("h1", {}, "Video interviews"), total,
      h("div", { class: "page-actions" }, shortcutsButton(), exported,
        h("a", { class: "button primary", href: "/async-interviews/new" }, "New interview"))),
    search: h("form", { class: "search", role: "search", "aria-label": "Interviews", onsubmit: (event) => event.preventDefault() }, search,
      select("assessmentId", "Any assessment", assessments.map(({ id, title }) => [id, title])),
      select("deadline", "Any deadline", Object.entries(deadlines)),
      select("recommendation", "Any recommendation", Object.entries(recommendations).map(([value, [label]]) => [value, label]))),
    chips: h("nav", { class: "filters", "aria-label": "Filter by status" }),
    refusals: h("div", { id: "refusals", role: "alert" }),
    results: h("div", { id: "results" }),
    bar: h("div", { class: "bulk-bar", id: "bulk", role: "region", "aria-label": "Selected interviews", hidden: true }),
  };
}

// ---- What changes with the list ----------------------------------------------------

function draw(list) {
  page.list = list;
  for (const interview of list.interviews) if (selected.has(interview.id)) selected.set(interview.id, interview);
  const now = view();
  for (const field of document.querySelectorAll(".search .input")) follow(field, now);
  page.chips.replaceChildren(...chips(now));
  page.total.textContent = totalOf(list);
  page.exported.href = address(changed(now, {}), "/api/async-interviews/export.csv");
  page.results.removeAttribute("aria-busy");
  page.results.replaceChildren(...(list.interviews.length > 0
    ? [table(list.interviews, { isSelected: (id) => selected.has(id), select, selectAll, openMenu: menu }), ...pages(list, now)]
    : [empty(isFiltered(now))]));
  drawBar();
}

// Shows what the address asks for, but not while somebody types it.
function follow(field, now) {
  const value = now[field.id] ?? "";
  if (field.id === "search" && document.activeElement === field) return;
  if (field.tagName === "SELECT" && value && !field.querySelector(`option[value="${CSS.escape(value)}"]`)) {
    field.append(h("option", { value }, "The assessment asked for"));
  }
  field.value = value;
}

function totalOf({ total, isTotalExact, interviews, nextCursor }) {
  if (total === null) return nextCursor ? `${interviews.length} shown, and there are more` : `The last ${interviews.length}`;
  const number = new Intl.NumberFormat("en").format(total);
  return isTotalExact ? `${number} ${total === 1 ? "interview" : "interviews"}` : `More than ${number} interviews`;
}

function chips(now) {
  const link = (next, isOn, ...label) => h("a", { href: address(next), class: "filter", "aria-current": isOn ? "true" : null }, label);
  const [first] = page.list.interviews;
  return [
    ...groups.map(([status, label]) => link(changed(now, { status }), (now.status ?? "") === status, label)),
    ...(now.candidateId ? [link(changed(now, { candidateId: "" }), true, first?.candidate.name ?? "One candidate", h("span", { "aria-label": ", remove" }, " ×"))] : []),
    ...(isFiltered(now) && !now.status ? [link({}, false, "Clear all")] : []),
  ];
}

function pages({ nextCursor, page: number }, now) {
  const trail = history.state?.trail ?? [];
  if (!nextCursor && !now.cursor) return [];
  const link = (isThere, to, label, rel) => (isThere
    ? h("a", { class: "button", href: address(to), rel }, label) : h("span", { class: "button", "aria-disabled": "true" }, label));
  const before = { ...now, cursor: trail.at(-1) };
  return [h("nav", { class: "pages", "aria-label": "Pages" },
    link(now.cursor, before, trail.length > 0 || !now.cursor ? "Previous" : "First page", "prev"),
    h("span", { class: "muted figures" }, number || trail.length > 0 ? `Page ${trail.length + 1}` : ""),
    link(nextCursor, { ...now, cursor: nextCursor }, "Next", "next"))];
}

// ---- Selecting and acting --------------------------------------------------------------

function select(interview, isSelected) {
  if (isSelected) selected.set(interview.id, interview);
  else selected.delete(interview.id);
  document.querySelector("#select-all").checked = page.list.interviews.every(({ id }) => selected.has(id));
  drawBar();
}

function selectAll(isSelected) {
  for (const interview of page.list.interviews) {
    if (isSelected) selected.set(interview.id, interview);
    else selected.delete(interview.id);
  }
  for (const box of document.querySelectorAll("tbody .select input")) box.checked = isSelected;
  drawBar();
}

function drawBar() {
  const interviews = [...selected.values()];
  page.bar.hidden = interviews.length === 0;
  page.bar.replaceChildren(
    h("strong", { class: "figures" }, `${interviews.length} selected`),
    ...allowed(interviews).map((name) => button(actions[name][0], { "data-action": name, onclick: () => run(name, interviews, settled) })),
    button("Clear selection", { class: "quiet", onclick: () => { selected.clear(); selectAll(false); document.querySelector("#select-all")?.focus(); } }));
}

function menu(interview, trigger) {
  openMenu(trigger, `Actions for ${interview.candidate.name}`, itemsFor(interview, (refusals) => settled(refusals, interview.id)));
}

// After an action: what was refused is said, and the rest is as the server has it now.
async function settled(refusals, row = null) {
  selected.clear();
  if (!page) return;
  page.refusals.replaceChildren(...(refusals.length > 0 ? [h("div", { class: "notice caution" },
    h("strong", {}, refusals.length === 1 ? "One interview was not changed" : `${refusals.length} interviews were not changed`),
    h("ul", {}, refusals.map(([{ candidate }, sentence]) => h("li", {}, `${candidate.name}: ${sentence}`))))] : []));
  await reload({ refocus: row ? `tr[data-id="${row}"] .more button` : "#select-all" });
}

// ---- Keys and links --------------------------------------------------------------------

function step(by) {
  const links = [...document.querySelectorAll("tbody .candidate a")];
  const at = links.findIndex((link) => link.closest("tr").contains(document.activeElement));
  links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + by))]?.focus();
}

shortcuts({
  "/": ["Search", () => document.querySelector("#search")?.focus()],
  j: ["Next interview", () => step(1)],
  k: ["Previous interview", () => step(-1)],
  x: ["Select the interview", () => document.activeElement.closest("tr")?.querySelector(".select input")?.click()],
  m: ["Actions for the interview", () => document.activeElement.closest("tr")?.querySelector(".more button")?.click()],
  n: ["New interview", () => location.assign("/async-interviews/new")],
});

// Filters and pages change the address and the list, not the whole page.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".filters a, .pages a, #results .face a");
  const to = link && new URL(link.href);
  if (!link || to.pathname !== location.pathname || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  const trail = history.state?.trail ?? [];
  const isChip = Boolean(link.closest(".filters"));
  go(asked(to.search), {
    trail: link.rel === "next" ? [...trail, view().cursor ?? ""] : link.rel === "prev" ? trail.slice(0, -1) : [],
    refocus: isChip ? ".filters [aria-current]" : "#interviews .candidate a",
  });
});
window.addEventListener("popstate", () => reload());

open();
