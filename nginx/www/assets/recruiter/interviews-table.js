import { button, h, icon } from "../dom.js";
import { moment, relative } from "../format.js";
import { analysisBadge, recommendations, riskBadge, statusBadge } from "./labels.js";

// The table of interviews: a row each, which can be selected and has a menu.

const columns = {
  candidate: "Candidate", assessment: "Assessment", status: "Status", answers: "Answers", deadline: "Deadline",
  risk: "Integrity risk", analysis: "Analysis",
};

/** @param given { isSelected(id), select(interview, isSelected), selectAll(isSelected), openMenu(interview, button) } */
export function table(interviews, given) {
  const all = h("input", {
    type: "checkbox", id: "select-all", "aria-label": "Select all on this page", checked: interviews.every(({ id }) => given.isSelected(id)),
    onchange: ({ target }) => given.selectAll(target.checked),
  });
  return h("div", { class: "card table-frame" }, h("table", { id: "interviews" },
    h("caption", { class: "visually-hidden" }, "Video interviews, newest first"),
    h("thead", {}, h("tr", {},
      h("td", { class: "select" }, all),
      Object.entries(columns).map(([name, label]) => h("th", { scope: "col", class: name }, label)),
      h("th", { scope: "col", class: "more" }, h("span", { class: "visually-hidden" }, "Actions")))),
    h("tbody", {}, interviews.map((interview) => row(interview, given)))));
}

function row(interview, given) {
  const { id, candidate, assessment, status, proctorSummary, monitored, aiAnalysisStatus, answerCount, recommendation } = interview;
  const more = button(h("span", { class: "visually-hidden" }, `Actions for ${candidate.name}`), {
    class: "quiet", "aria-haspopup": "menu", "aria-expanded": "false", title: "Actions", onclick: () => given.openMenu(interview, more),
  }, "more");
  return h("tr", { "data-id": id },
    h("td", { class: "select" }, h("input", {
      type: "checkbox", "aria-label": `Select ${candidate.name}`, checked: given.isSelected(id),
      onchange: ({ target }) => given.select(interview, target.checked),
    })),
    h("th", { scope: "row", class: "candidate" },
      h("a", { href: `/async-interviews/${id}` }, candidate.name),
      h("span", { class: "muted small" }, candidate.email),
      h("span", { class: "muted small narrow-only" }, assessment.title)),
    h("td", { class: "assessment" }, assessment.title),
    h("td", { class: "status" }, statusBadge(status), recommendation && h("span", { class: "muted small" }, recommendations[recommendation][0])),
    h("td", { class: "answers" }, completion(interview)),
    h("td", { class: "deadline" }, deadline(interview)),
    h("td", { class: "risk" }, answerCount > 0 || monitored ? riskBadge(proctorSummary.riskLevel, monitored) : none("Nothing answered yet")),
    h("td", { class: "analysis" }, answerCount > 0 ? analysisBadge(aiAnalysisStatus) : none("Nothing to analyse yet")),
    h("td", { class: "more" }, more));
}

function none(meaning) {
  return h("span", { class: "muted", title: meaning }, h("span", { "aria-hidden": "true" }, "–"), h("span", { class: "visually-hidden" }, meaning));
}

function completion({ answerCount, questionCount }) {
  return h("span", { class: "completion figures" },
    h("span", { class: "pips", "aria-hidden": "true" }, Array.from({ length: questionCount },
      (_, index) => h("span", { class: index < answerCount ? "full" : "" }))),
    `${answerCount} of ${questionCount}`);
}

function deadline({ deadlineAt, status }) {
  const near = ["SENT", "OPENED", "IN_PROGRESS"].includes(status) && Date.parse(deadlineAt) - Date.now() < 2 * 86_400_000;
  return h("time", { datetime: deadlineAt, title: moment(deadlineAt), class: near ? "near" : "" }, relative(deadlineAt));
}

/** Nothing to show, and what to do about it. */
export function empty(isFiltered) {
  return isFiltered
    ? h("div", { class: "face card" }, icon("video"), h("h2", {}, "Nothing fits"),
      h("p", {}, "No interview has all that is asked for above."),
      h("a", { href: "/async-interviews", class: "button" }, "Show all"))
    : h("div", { class: "face card" }, icon("video"), h("h2", {}, "No video interviews yet"),
      h("p", {}, "Choose an assessment and a candidate, set the time for each question, and send the invitation. The candidate answers in their own time; their answers appear here with transcript and analysis."),
      h("a", { href: "/async-interviews/new", class: "button primary" }, "New interview"));
}
