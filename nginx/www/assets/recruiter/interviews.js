import { call } from "../api.js";
import { button, h } from "../dom.js";
import { actions, allowed, itemsFor, run } from "./interview-actions.js";
import { empty, table } from "./interviews-table.js";
import { recommendations, statuses } from "./labels.js";
import { ListPage } from "./list-page.js";
import { openMenu } from "./menu.js";
import { signedIn } from "./shell.js";
import { shortcuts, shortcutsButton } from "./shortcuts.js";

// The list of all video interviews. What it shows lives in the address; what is selected lives here,
// and stays when one looks for more.

const list = new ListPage({
  path: "/async-interviews", source: "/api/async-interviews",
  names: ["search", "status", "assessmentId", "candidateId", "recommendation", "deadline"],
  alongside: () => [call("GET", "/api/assessments?limit=100"), signedIn()],
  frame, draw, first: "#interviews .candidate a",
});
const groups = [["", "All"], ["SENT,OPENED,IN_PROGRESS", "With candidates"],
  ...Object.entries(statuses).map(([value, [label]]) => [value, label])];
const deadlines = { soon: "Due within 48 hours", passed: "Deadline passed" };

const selected = new Map();
let page = null; // what is on the screen: {interviews, total, chips, bar, …}

// ---- What stays ------------------------------------------------------------------

function frame({ assessments }) {
  page = {
    interviews: [],
    exported: h("a", { class: "button", id: "export", download: true }, "Export CSV"),
    total: h("p", { class: "muted", id: "total", role: "status" }),
    chips: h("nav", { class: "filters", "aria-label": "Filter by status" }),
    refusals: h("div", { id: "refusals", role: "alert" }),
    bar: h("div", { class: "bulk-bar", id: "bulk", role: "region", "aria-label": "Selected interviews", hidden: true }),
  };
  const head = h("div", { class: "page-head" }, h("h1", {}, "Video interviews"), page.total,
    h("div", { class: "page-actions" }, shortcutsButton(), page.exported,
      h("a", { class: "button primary", href: "/async-interviews/new" }, "New interview")));
  const search = list.search("Interviews", [
    ["assessmentId", "Any assessment", assessments.map(({ id, title }) => [id, title])],
    ["deadline", "Any deadline", Object.entries(deadlines)],
    ["recommendation", "Any recommendation", Object.entries(recommendations).map(([value, [label]]) => [value, label])]]);
  return [head, search, page.chips, page.refusals, list.results, page.bar];
}

// ---- What changes with the list ----------------------------------------------------

function draw(found, now) {
  page.interviews = found.interviews;
  for (const interview of found.interviews) if (selected.has(interview.id)) selected.set(interview.id, interview);
  page.chips.replaceChildren(...chips(now));
  page.total.textContent = totalOf(found);
  page.exported.href = list.address(list.changed(now, {}), "/api/async-interviews/export.csv");
  list.results.replaceChildren(...(found.interviews.length > 0
    ? [table(found.interviews, { isSelected: (id) => selected.has(id), select, selectAll, openMenu: menu }), ...list.pages(found, now)]
    : [empty(list.isFiltered(now))]));
  drawBar();
}

function totalOf({ total, isTotalExact, interviews, nextCursor }) {
  if (total === null) return nextCursor ? `${interviews.length} shown, and there are more` : `The last ${interviews.length}`;
  const number = new Intl.NumberFormat("en").format(total);
  return isTotalExact ? `${number} ${total === 1 ? "interview" : "interviews"}` : `More than ${number} interviews`;
}

function chips(now) {
  return [
    ...groups.map(([status, label]) => list.chip(list.changed(now, { status }), (now.status ?? "") === status, label)),
    list.candidateChip(now, page.interviews),
    list.isFiltered(now) && !now.status && list.chip({}, false, "Clear all"),
  ].filter(Boolean);
}

// ---- Selecting and acting --------------------------------------------------------------

function select(interview, isSelected) {
  if (isSelected) selected.set(interview.id, interview);
  else selected.delete(interview.id);
  document.querySelector("#select-all").checked = page.interviews.every(({ id }) => selected.has(id));
  drawBar();
}

function selectAll(isSelected) {
  for (const interview of page.interviews) {
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
  page.refusals.replaceChildren(...(refusals.length > 0 ? [h("div", { class: "notice caution" },
    h("strong", {}, refusals.length === 1 ? "One interview was not changed" : `${refusals.length} interviews were not changed`),
    h("ul", {}, refusals.map(([{ candidate }, sentence]) => h("li", {}, `${candidate.name}: ${sentence}`))))] : []));
  await list.reload({ refocus: row ? `tr[data-id="${row}"] .more button` : "#select-all" });
}

// ---- Keys --------------------------------------------------------------------

shortcuts({
  "/": ["Search", () => document.querySelector("#search")?.focus()],
  j: ["Next interview", () => list.step(1)],
  k: ["Previous interview", () => list.step(-1)],
  x: ["Select the interview", () => document.activeElement.closest("tr")?.querySelector(".select input")?.click()],
  m: ["Actions for the interview", () => document.activeElement.closest("tr")?.querySelector(".more button")?.click()],
  n: ["New interview", () => location.assign("/async-interviews/new")],
});

list.reload();
