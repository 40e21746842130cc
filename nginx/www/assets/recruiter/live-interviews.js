import { call } from "../api.js";
import { button, h, icon } from "../dom.js";
import { relative } from "../format.js";
import { liveStatusBadge, liveStatuses } from "./labels.js";
import { listQuery } from "./list-query.js";
import { openSchedule } from "./schedule-dialog.js";
import { showContent, showFailure, signedIn } from "./shell.js";
import { shortcuts, shortcutsButton } from "./shortcuts.js";
import { toast } from "./toast.js";
import { ownZone, zonedMoment, zonedTime } from "./zoned.js";

// The live interviews: those that come, and those that are over. What is shown lives in the address.

const { asked, address, changed, isFiltered } = listQuery(
  "/interviews", ["period", "search", "status", "interviewerId", "candidateId", "assessmentId"]);
const periods = [["", "Upcoming"], ["past", "Past"]];
const PAUSE_MS = 250; // while one types
const columns = { when: "When", candidate: "Candidate", assessment: "Assessment", interviewers: "Interviewers", status: "Status" };

let page = null; // what is on the screen: {user, results, chips, …}
let loading = 0;
let typing = null;

const view = () => asked(location.search);

/** Draws the whole page. */
async function open() {
  const number = ++loading;
  try {
    const [list, { assessments }, { accounts }, user] = await Promise.all([
      call("GET", address(view(), "/api/interviews")), call("GET", "/api/assessments?limit=100"), call("GET", "/api/accounts"), signedIn()]);
    if (number !== loading) return;
    page = { user, accounts, ...frame(assessments, accounts, user) };
    showContent(page.head, page.search, page.chips, page.results);
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
    const list = await call("GET", address(view(), "/api/interviews"));
    if (number !== loading) return; // A newer question was asked meanwhile.
    draw(list);
    if (refocus) document.querySelector(refocus)?.focus();
  } catch (error) {
    page = null;
    showFailure(error, open);
  }
}

/** Goes to another view, which the browser's way back leaves again. */
function go(next, { replace = false, refocus = null } = {}) {
  history[replace ? "replaceState" : "pushState"](null, "", address(next));
  return reload({ refocus });
}

// ---- What stays ------------------------------------------------------------------

function frame(assessments, accounts, user) {
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
  const people = accounts.map(({ id, name }) => [id, id === user.id ? `${name} (you)` : name]);
  return {
    head: h("div", { class: "page-head" }, h("h1", {}, "Interviews"), h("p", { class: "muted" }, `Times in ${ownZone()}`),
      h("div", { class: "page-actions" }, shortcutsButton(), button("Schedule interview", { id: "schedule", class: "primary", onclick: schedule }))),
    search: h("form", { class: "search", role: "search", "aria-label": "Interviews", onsubmit: (event) => event.preventDefault() }, search,
      select("interviewerId", "Any interviewer", people),
      select("assessmentId", "Any assessment", assessments.map(({ id, title }) => [id, title])),
      select("status", "Any status", Object.entries(liveStatuses).map(([value, [label]]) => [value, label]))),
    chips: h("nav", { class: "filters", "aria-label": "Period" }),
    results: h("div", { id: "results", role: "region", "aria-label": "Results" }),
  };
}

function schedule() {
  openSchedule({ user: page.user, saved: (live) => {
    toast(`The interview with ${live.candidate.name} is scheduled. Everybody gets a mail with a calendar entry.`);
    go({}, { refocus: `tr[data-id="${live.id}"] a` });
  } });
}

// ---- What changes with the list ----------------------------------------------------

function draw({ interviews, nextCursor }) {
  const now = view();
  for (const field of document.querySelectorAll(".search .input")) follow(field, now);
  page.chips.replaceChildren(...chips(now, interviews));
  page.results.removeAttribute("aria-busy");
  page.results.replaceChildren(...(interviews.length > 0 ? [table(interviews, now), ...pages(nextCursor, now)] : [empty(now)]));
}

// Shows what the address asks for, but not while somebody types it.
function follow(field, now) {
  const value = now[field.id] ?? "";
  if (field.id === "search" && document.activeElement === field) return;
  if (field.tagName === "SELECT" && value && !field.querySelector(`option[value="${CSS.escape(value)}"]`)) {
    field.append(h("option", { value }, "As asked for"));
  }
  field.value = value;
}

function chips(now, [first]) {
  const link = (next, isOn, ...label) => h("a", { href: address(next), class: "filter", "aria-current": isOn ? "true" : null }, label);
  const { period, ...rest } = changed(now, {});
  return [
    ...periods.map(([value, label]) => link(changed(now, { period: value }), (now.period ?? "") === value, label)),
    now.candidateId && link(changed(now, { candidateId: "" }), true, first?.candidate.name ?? "One candidate", h("span", { "aria-label": ", remove" }, " ×")),
    Object.keys(rest).length > 0 && link(period ? { period } : {}, false, "Clear filters"),
  ].filter(Boolean);
}

function table(interviews, now) {
  return h("div", { class: "card table-frame" }, h("table", { id: "interviews" },
    h("caption", { class: "visually-hidden" }, now.period === "past" ? "Live interviews that are over, last one first" : "Live interviews that come, next one first"),
    h("thead", {}, h("tr", {}, Object.entries(columns).map(([name, label]) => h("th", { scope: "col", class: name }, label)))),
    h("tbody", {}, interviews.map(row))));
}

function row({ id, candidate, assessment, scheduledAt, endsAt, timeZone, interviewers, status, questionCount, mayScore }) {
  const own = mayScore && interviewers.find((each) => each.id === page.user.id);
  const isForeign = zonedTime(scheduledAt, timeZone) !== zonedTime(scheduledAt, ownZone());
  return h("tr", { "data-id": id },
    h("td", { class: "when" }, h("time", { datetime: scheduledAt }, zonedMoment(scheduledAt, ownZone()), "–", zonedTime(endsAt, ownZone())),
      h("span", { class: "muted small" }, relative(scheduledAt), isForeign && ` · ${zonedTime(scheduledAt, timeZone)} in ${timeZone}`)),
    h("th", { scope: "row", class: "candidate" }, h("a", { href: `/interviews/${id}` }, candidate.name),
      h("span", { class: "muted small narrow-only" }, assessment.title)),
    h("td", { class: "assessment" }, assessment.title),
    h("td", { class: "interviewers" }, interviewers.map(({ name }) => name).join(", ")),
    h("td", { class: "status" }, liveStatusBadge(status),
      status === "COMPLETED" && own && !own.isDone && h("span", { class: "muted small" }, `You scored ${own.scored} of ${questionCount}`)));
}

function pages(nextCursor, now) {
  if (!nextCursor && !now.cursor) return [];
  const { cursor, ...first } = now;
  return [h("nav", { class: "pages", "aria-label": "Pages" },
    now.cursor && h("a", { class: "button", href: address(first), rel: "prev" }, "First page"),
    nextCursor && h("a", { class: "button", href: address({ ...now, cursor: nextCursor }), rel: "next" }, "Next"))];
}

function empty(now) {
  const { period, ...rest } = now;
  if (isFiltered(rest)) {
    return h("div", { class: "face card" }, icon("calendar"), h("h2", {}, "Nothing fits"),
      h("p", {}, "No interview has all that is asked for above."), h("a", { href: address(period ? { period } : {}), class: "button" }, "Show all"));
  }
  return period === "past"
    ? h("div", { class: "face card" }, icon("calendar"), h("h2", {}, "No interview is over yet"),
      h("p", {}, "Interviews that were held are here, for their interviewers to score question by question."))
    : h("div", { class: "face card" }, icon("calendar"), h("h2", {}, "Nothing is scheduled"),
      h("p", {}, "Choose a candidate, a time and who interviews. Everybody gets a mail with a calendar entry, and afterwards each interviewer scores the assessment’s questions on their own."),
      button("Schedule interview", { class: "primary", onclick: schedule }));
}

// ---- Keys and links --------------------------------------------------------------------

function step(by) {
  const links = [...document.querySelectorAll("tbody .candidate a")];
  const at = links.indexOf(document.activeElement);
  links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + by))]?.focus();
}

shortcuts({
  "/": ["Search", () => document.querySelector("#search")?.focus()],
  j: ["Next interview", () => step(1)],
  k: ["Previous interview", () => step(-1)],
  n: ["Schedule an interview", () => page && schedule()],
});

// Filters and pages change the address and the list, not the whole page.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".filters a, .pages a, #results .face a");
  const to = link && new URL(link.href);
  if (!link || to.pathname !== location.pathname || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  go(asked(to.search), { refocus: link.closest(".filters") ? ".filters [aria-current]" : "#interviews .candidate a" });
});
window.addEventListener("popstate", () => reload());

open();
