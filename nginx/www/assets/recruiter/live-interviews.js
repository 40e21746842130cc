import { call } from "../api.js";
import { button, h, icon } from "../dom.js";
import { relative } from "../format.js";
import { liveStatusBadge, liveStatuses } from "./labels.js";
import { ListPage } from "./list-page.js";
import { openSchedule } from "./schedule-dialog.js";
import { signedIn } from "./shell.js";
import { shortcuts, shortcutsButton } from "./shortcuts.js";
import { toast } from "./toast.js";
import { ownZone, zonedMoment, zonedTime } from "./zoned.js";

// The live interviews: those that come, and those that are over. What is shown lives in the address.

const list = new ListPage({
  path: "/interviews", source: "/api/interviews",
  names: ["period", "search", "status", "interviewerId", "candidateId", "assessmentId"],
  alongside: () => [call("GET", "/api/assessments?limit=100"), call("GET", "/api/accounts"), signedIn()],
  frame, draw, first: "#interviews .candidate a",
});
const periods = [["", "Upcoming"], ["past", "Past"]];
const columns = { when: "When", candidate: "Candidate", assessment: "Assessment", interviewers: "Interviewers", status: "Status" };
const chips = h("nav", { class: "filters", "aria-label": "Period" });

let user = null;

// ---- What stays ------------------------------------------------------------------

function frame({ assessments }, { accounts }, signedInUser) {
  user = signedInUser;
  const head = h("div", { class: "page-head" }, h("h1", {}, "Interviews"), h("p", { class: "muted" }, `Times in ${ownZone()}`),
    h("div", { class: "page-actions" }, shortcutsButton(), button("Schedule interview", { id: "schedule", class: "primary", onclick: schedule })));
  const search = list.search("Interviews", [
    ["interviewerId", "Any interviewer", accounts.map(({ id, name }) => [id, id === user.id ? `${name} (you)` : name])],
    ["assessmentId", "Any assessment", assessments.map(({ id, title }) => [id, title])],
    ["status", "Any status", Object.entries(liveStatuses).map(([value, [label]]) => [value, label])]]);
  return [head, search, chips, list.results];
}

function schedule() {
  openSchedule({ user, saved: (live) => {
    toast(`The interview with ${live.candidate.name} is scheduled. Everybody gets a mail with a calendar entry.`);
    list.go({}, { refocus: `tr[data-id="${live.id}"] a` });
  } });
}

// ---- What changes with the list ----------------------------------------------------

function draw(found, now) {
  const { interviews } = found;
  const { period, ...rest } = list.changed(now, {});
  chips.replaceChildren(...[
    ...periods.map(([value, label]) => list.chip(list.changed(now, { period: value }), (period ?? "") === value, label)),
    list.candidateChip(now, interviews),
    Object.keys(rest).length > 0 && list.chip(period ? { period } : {}, false, "Clear filters"),
  ].filter(Boolean));
  list.results.replaceChildren(...(interviews.length > 0 ? [table(interviews, now), ...list.pages(found, now)] : [empty(now)]));
}

function table(interviews, now) {
  return h("div", { class: "card table-frame" }, h("table", { id: "interviews" },
    h("caption", { class: "visually-hidden" }, now.period === "past" ? "Live interviews that are over, last one first" : "Live interviews that come, next one first"),
    h("thead", {}, h("tr", {}, Object.entries(columns).map(([name, label]) => h("th", { scope: "col", class: name }, label)))),
    h("tbody", {}, interviews.map(row))));
}

function row({ id, candidate, assessment, scheduledAt, endsAt, timeZone, interviewers, status, questionCount, mayScore }) {
  const own = mayScore && interviewers.find((each) => each.id === user.id);
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

function empty(now) {
  const { period, ...rest } = now;
  if (list.isFiltered(rest)) {
    return h("div", { class: "face card" }, icon("calendar"), h("h2", {}, "Nothing fits"),
      h("p", {}, "No interview has all that is asked for above."), h("a", { href: list.address(period ? { period } : {}), class: "button" }, "Show all"));
  }
  return period === "past"
    ? h("div", { class: "face card" }, icon("calendar"), h("h2", {}, "No interview is over yet"),
      h("p", {}, "Interviews that were held are here, for their interviewers to score question by question."))
    : h("div", { class: "face card" }, icon("calendar"), h("h2", {}, "Nothing is scheduled"),
      h("p", {}, "Choose a candidate, a time and who interviews. Everybody gets a mail with a calendar entry, and afterwards each interviewer scores the assessment’s questions on their own."),
      button("Schedule interview", { class: "primary", onclick: schedule }));
}

// ---- Keys --------------------------------------------------------------------

shortcuts({
  "/": ["Search", () => document.querySelector("#search")?.focus()],
  j: ["Next interview", () => list.step(1)],
  k: ["Previous interview", () => list.step(-1)],
  n: ["Schedule an interview", () => user && schedule()],
});

list.reload();
