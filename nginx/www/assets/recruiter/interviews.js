import { call } from "../api.js";
import { button, h, icon } from "../dom.js";
import { moment, relative } from "../format.js";
import { canAdjust, openAdjustments } from "./adjustments.js";
import { analysisBadge, riskBadge, statusBadge, statuses } from "./labels.js";
import { showContent, showFailure, signedIn } from "./shell.js";

// The list of all video interviews. Filter and page live in the address.

function asked() {
  const query = new URLSearchParams(location.search);
  const status = query.get("status");
  return { status: status in statuses ? status : null, page: Math.max(1, Number.parseInt(query.get("page"), 10) || 1) };
}

function address({ status, page }) {
  const query = new URLSearchParams();
  if (status) query.set("status", status);
  if (page > 1) query.set("page", page);
  return `/async-interviews${query.size > 0 ? `?${query}` : ""}`;
}

async function open({ refocus = false } = {}) {
  const view = asked();
  try {
    const [list] = await Promise.all([call("GET", `/api${address(view)}`), signedIn()]);
    showContent(
      h("div", { class: "page-head" }, h("h1", {}, "Video interviews"),
        h("p", { class: "muted", id: "total" }, total(list, view))),
      filters(view),
      h("p", { class: "small", role: "status", id: "done" }),
      list.interviews.length > 0 ? table(list.interviews) : empty(view),
      ...(list.pageCount > 1 ? [pages(list, view)] : []),
    );
    if (refocus) document.querySelector(".filters [aria-current]").focus();
  } catch (error) {
    showFailure(error, () => open());
  }
}

function total({ total }, { status }) {
  const noun = total === 1 ? "interview" : "interviews";
  return status ? `${total} ${noun} with status “${statuses[status][0]}”` : `${total} ${noun}`;
}

function filters({ status }) {
  const link = (value, label) => h("a", {
    href: address({ status: value, page: 1 }), class: "filter", "aria-current": value === status ? "true" : null,
  }, label);
  return h("nav", { class: "filters", "aria-label": "Filter by status" },
    link(null, "All"), Object.entries(statuses).map(([value, [label]]) => link(value, label)));
}

function table(interviews) {
  const columns = ["Candidate", "Assessment", "Status", "Answers", "Deadline", "Integrity risk", "Analysis", h("span", { class: "visually-hidden" }, "Adjustments")];
  const names = ["candidate", "assessment", "status", "answers", "deadline", "risk", "analysis", "adjust"];
  return h("div", { class: "card table-frame" }, h("table", { id: "interviews" },
    h("caption", { class: "visually-hidden" }, "Video interviews, newest first"),
    h("thead", {}, h("tr", {}, columns.map((label, index) => h("th", { scope: "col", class: names[index] }, label)))),
    h("tbody", {}, interviews.map(row))));
}

function row(interview) {
  const { id, candidate, assessment, status, proctorSummary, monitored, aiAnalysisStatus, answerCount } = interview;
  return h("tr", {},
    h("th", { scope: "row", class: "candidate" },
      h("a", { href: `/async-interviews/${id}` }, candidate.name),
      h("span", { class: "muted small" }, candidate.email),
      h("span", { class: "muted small narrow-only" }, assessment.title)),
    h("td", { class: "assessment" }, assessment.title),
    h("td", { class: "status" }, statusBadge(status)),
    h("td", { class: "answers" }, completion(interview)),
    h("td", { class: "deadline" }, deadline(interview)),
    h("td", { class: "risk" }, answerCount > 0 || monitored ? riskBadge(proctorSummary.riskLevel, monitored) : none("Nothing answered yet")),
    h("td", { class: "analysis" }, answerCount > 0 ? analysisBadge(aiAnalysisStatus) : none("Nothing to analyse yet")),
    h("td", { class: "adjust" }, canAdjust(interview) ? adjust(interview) : none("Too late for adjustments")));
}

function adjust(interview) {
  const say = (text) => { document.querySelector("#done").textContent = text; };
  return button(h("span", {}, "Adjustments"), {
    class: "quiet", "aria-label": `Adjustments for ${interview.candidate.name}`,
    onclick: () => { say(""); openAdjustments(interview, () => say(`The adjustments for ${interview.candidate.name} are saved.`)); },
  }, "adjust");
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
  const near = ["SENT", "OPENED", "IN_PROGRESS"].includes(status) && Date.parse(deadlineAt) - Date.now() < 86_400_000;
  return h("time", { datetime: deadlineAt, title: moment(deadlineAt), class: near ? "near" : "" }, relative(deadlineAt));
}

function empty({ status }) {
  return status
    ? h("div", { class: "face card" }, icon("video"), h("h2", {}, "Nothing with this status"),
      h("p", {}, "Interviews appear here as they move on. "), h("a", { href: "/async-interviews", class: "button" }, "Show all"))
    : h("div", { class: "face card" }, icon("video"), h("h2", {}, "No video interviews yet"),
      h("p", {}, "Choose an assessment and a candidate, set the time for each question, and send the invitation. The candidate answers in their own time; their answers appear here with transcript and analysis."),
      h("p", { class: "small" }, "Interviews are created with ", h("code", {}, "POST /api/async-interviews"), "."));
}

function pages({ page, pageCount }, { status }) {
  const link = (to, label, rel) => (to >= 1 && to <= pageCount
    ? h("a", { class: "button", href: address({ status, page: to }), rel }, label)
    : h("span", { class: "button", "aria-disabled": "true" }, label));
  return h("nav", { class: "pages", "aria-label": "Pages" },
    link(page - 1, "Previous", "prev"), h("span", { class: "muted figures" }, `Page ${page} of ${pageCount}`), link(page + 1, "Next", "next"));
}

// Filters and pages change the address and the list, not the whole page.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".filters a, .pages a, .face a");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  open({ refocus: true });
});
window.addEventListener("popstate", () => open());

open();
