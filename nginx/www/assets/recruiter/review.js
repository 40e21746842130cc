import { call, isPassing } from "../api.js";
import { button, h } from "../dom.js";
import { duration, moment, relative } from "../format.js";
import { analyzeAgain } from "./analysis-state.js";
import "./answer-player.js";
import { openReviewers } from "./assign-reviewers.js";
import { consentView } from "./consent-view.js";
import "./decision-panel.js";
import { deletionMenu } from "./deletion-menu.js";
import "./find-bar.js";
import { citedIn, insightsView, transcriptNote } from "./insights-view.js";
import { integrityReport, remainingRisk } from "./integrity-report.js";
import { monitoringBadge, statusBadge } from "./labels.js";
import "./mails-view.js";
import { othersView } from "./others-view.js";
import { reportButton } from "./report-button.js";
import { reviewKeys } from "./review-keys.js";
import { Scoring } from "./scoring.js";
import { shortcutsButton } from "./shortcuts.js";
import { showContent, showFailure, signedIn } from "./shell.js";
import "./score-form.js";
import { suggestedOverall } from "./suggested-overall.js";
import { transcriptRemarks } from "./transcript-problem.js";
import "./transcript-view.js";
import "./written-answer.js";

// One interview: watch, read, score, decide.

const POLL_MS = 8000;
const id = location.pathname.split("/").at(-1);

/** The one place where the page's state lives. */
const page = { interview: null, user: null, report: null, questionId: null, scoring: null };

const parts = {
  head: h("div", { class: "review-head" }),
  report: reportButton(id),
  watch: h("section", { class: "watch card", "aria-label": "Answer" }),
  insights: h("section", { class: "insights card", "aria-labelledby": "insights-title", tabindex: "0" }),
  questions: h("nav", { class: "questions card", "aria-label": "Questions" }),
  score: h("section", { class: "score card", "aria-label": "Your score" }),
  others: h("div", {}),
  decision: h("decision-panel", { class: "decision card", ondecided: () => refresh(), onoutdated: () => refresh() }),
};

const player = h("answer-player", {
  onmoved: ({ detail }) => {
    transcript.follow(detail);
    parts.insights.querySelector("speech-timeline")?.follow(detail);
  },
  onexpired: renewVideo,
});
const transcript = h("transcript-view", { tabindex: "0", role: "region", "aria-label": "Transcript", onseek: ({ detail }) => player.seek(detail) });
const mails = h("mails-view");
const written = h("written-answer", { tabindex: "0", role: "region", "aria-label": "Written answer" });
const find = h("find-bar");
const form = h("score-form", { onconflict: conflict, ontaken: () => { drawScore(); refresh(); } });

const fetchInterview = () => call("GET", `/api/async-interviews/${id}`);
const fetchReport = () => call("GET", `/api/async-interviews/${id}/proctors`);
const responseTo = (questionId) => page.interview.videoResponses.find((response) => response.questionId === questionId);
const current = () => page.interview.questions.find((question) => question.id === page.questionId);

async function open() {
  try {
    [page.interview, page.report, page.user] = await Promise.all([fetchInterview(), fetchReport(), signedIn()]);
  } catch (error) {
    return showFailure(error, open);
  }
  document.title = `${page.interview.candidate.name} · Parley`;
  page.scoring = new Scoring(() => page.interview, page.user.id, refresh);
  page.questionId = (page.interview.questions.find((question) => responseTo(question.id)) ?? page.interview.questions[0])?.id;
  drawHead();
  showContent(parts.head, h("div", { class: "review-grid" }, parts.watch, parts.insights,
    h("div", { class: "decide" }, parts.questions, parts.score, parts.decision)));
  drawQuestions();
  drawQuestion();
  parts.decision.show(page.interview);
  reviewKeys({ answer: () => ({ player, form: form.isConnected ? form : null }), step, find });
  poll();
}

function drawHead() {
  const { candidate, assessment, status, deadlineAt, submittedAt } = page.interview;
  const when = (time) => h("time", { datetime: time, title: moment(time) }, relative(time));
  const fact = (label, ...value) => h("div", {}, h("dt", {}, label), h("dd", {}, ...value));
  parts.head.replaceChildren(
    h("div", { class: "who" }, h("h1", {}, candidate.name), h("p", { class: "muted small" }, `${assessment.title} · ${assessment.jobTitle}`)),
    h("dl", { class: "facts" },
      fact("Status", statusBadge(status)),
      submittedAt ? fact("Submitted", when(submittedAt)) : fact("Deadline", when(deadlineAt)),
      submittedAt && fact("Deadline", when(deadlineAt)),
      fact("Integrity risk", monitoringBadge(page.interview), remainingRisk(page.report)),
      fact("Suggested overall", suggestedOverall(page.interview.insightSummary)),
      fact("Your scores", h("span", { class: "figures" }, `${page.scoring.count} of ${page.interview.questions.length}`)),
      fact("Reviewers", reviewers())),
    h("div", { class: "head-actions" }, parts.report, shortcutsButton(),
      page.interview.mayAssignReviewers && deletionMenu(() => page.interview, () => current(), recordingDeleted)));
}

async function recordingDeleted() {
  await refresh();
  drawQuestion();
}

function reviewers() {
  const { reviewers: all, recommendation, mayAssignReviewers } = page.interview;
  const asked = all.filter(({ isAssigned }) => isAssigned);
  const done = asked.filter(({ status }) => status === "DONE").length;
  const text = asked.length === 0 ? "Nobody asked" : `${done} of ${asked.length} done`;
  if (!mayAssignReviewers || recommendation) return h("span", { class: "figures", id: "asked" }, text);
  return button(text, {
    class: "link figures", id: "asked", "aria-haspopup": "dialog", "aria-label": `Reviewers: ${text}. Change who reviews`, title: "Change who reviews",
    onclick: () => openReviewers(page.interview, async () => { await refresh(); parts.head.querySelector("#asked").focus(); }),
  });
}

function drawQuestions() {
  const focused = parts.questions.contains(document.activeElement);
  parts.questions.replaceChildren(h("h2", {}, "Questions"), h("ol", {}, page.interview.questions.map((question) => {
    const score = page.scoring.own(question.id)?.score ?? null;
    const answered = Boolean(responseTo(question.id));
    return h("li", {}, h("button", {
      type: "button", id: `question-${question.position}`, "aria-current": question.id === page.questionId ? "true" : null,
      onclick: () => select(question.id),
    },
    h("span", { class: "number figures" }, String(question.position)),
    h("span", { class: "text" }, h("span", { class: "content" }, question.content),
      h("span", { class: "muted small" }, answered ? question.competency.name : "Not answered")),
    h("span", { class: `own figures ${score === null ? "open" : ""}`, title: score === null ? "Not scored by you" : "Your score" },
      h("span", { class: "visually-hidden" }, score === null ? "Not scored" : "Your score "), score === null ? "–" : String(score))));
  })));
  if (focused) parts.questions.querySelector("[aria-current]").focus();
}

function select(questionId) {
  page.questionId = questionId;
  drawQuestions();
  drawQuestion();
}

function step(by) {
  const { questions } = page.interview;
  const next = questions[questions.indexOf(current()) + by];
  if (next) select(next.id);
}

function drawQuestion() {
  const response = responseTo(page.questionId);
  const heading = h("h2", { class: "asked" }, `${current().position}. ${current().content}`);
  if (response?.videoUrl) {
    player.load(response.videoUrl, response.durationSeconds, `Answer to question ${current().position}`);
    parts.watch.replaceChildren(heading, player, tools(), transcript);
  } else if (response?.textAnswer) {
    const time = response.durationSeconds ? `, ${duration(response.durationSeconds)}` : "";
    parts.watch.replaceChildren(heading, h("p", { class: "muted small written-line" }, `Answered in writing${time}`), tools(), written);
  } else if (response?.recordingDeletedAt) {
    parts.watch.replaceChildren(heading, h("div", { class: "face", id: "recording-deleted" },
      h("p", {}, `This recording was deleted for good ${relative(response.recordingDeletedAt)}, with its transcript and its analyses. What people gave for it stays.`)));
  } else {
    parts.watch.replaceChildren(heading, h("div", { class: "face" }, h("p", {}, "The candidate has not answered this question.")));
  }
  drawAnalysis();
  drawScore();
}

function tools() {
  const query = new URLSearchParams({ assessment: page.interview.assessment.id, question: page.questionId, interviews: id });
  return h("div", { class: "tools" }, find, h("a", { class: "button quiet small", href: `/compare?${query}`, title: "Compare with others’ answers to this question" }, "Compare"));
}

function drawAnalysis() {
  const response = responseTo(page.questionId);
  const cited = citedIn(response);
  if (response?.textAnswer) written.show(response.textAnswer, cited);
  else drawTranscript(response, cited);
  const isOpen = (id) => parts.insights.querySelector(id)?.open ?? false;
  const go = {
    to: (seconds) => player.seek(seconds, true),
    cite: ({ start, charStart }) => (response.textAnswer ? written.reveal(charStart) : player.seek(start, true)),
    analyse: analyseHeld,
  };
  parts.insights.replaceChildren(...[h("h2", { id: "insights-title" }, "Insights"), ...insightsView(response, go, id),
    response && analyzeAgain(id, response, analyzing),
    integrityReport(page.interview, page.report, isOpen("#integrity"), judge), consentView(page.interview, isOpen("#consents")), mails].filter(Boolean));
  mails.show(page.interview);
  parts.insights.scrollTop = 0;
  find.within([transcript, written].filter((each) => each.isConnected));
}

// The page asks anew by itself while an analysis is under way.
async function analyseHeld() {
  await call("POST", `/api/async-interviews/${id}/analyze/${page.questionId}`);
  await refresh();
  drawAnalysis();
  poll();
}

function drawTranscript(response, cited) {
  const words = response?.transcriptWords ?? [];
  transcript.show(words, cited);
  if (words.length > 0) player.caption(`/api/async-interviews/${id}/captions/${page.questionId}`);
  if (response && words.length === 0) return transcript.replaceChildren(transcriptNote(response));
  const remarks = transcriptRemarks(response, (seconds) => player.seek(seconds, true));
  if (remarks) transcript.prepend(remarks);
}

// ---- Score

function drawScore() {
  const response = responseTo(page.questionId);
  if (!response) return parts.score.replaceChildren(h("p", { class: "muted" }, "There is nothing to score yet."));
  parts.score.replaceChildren(form, parts.others);
  form.show(current(), page.scoring.saver(response), response.aiInsights?.suggestedScore ?? null, page.scoring.closed);
  drawOthers();
}

function drawOthers() {
  const response = responseTo(page.questionId);
  if (response) parts.others.replaceChildren(othersView(page.interview, response, page.user.id));
}

// Others' scores and what follows from all of them; never what is being watched or written.
// The score is drawn anew only when it can be given no more or again, for drawing takes the focus away.
async function refresh() {
  const { closed } = page.scoring;
  try {
    page.interview = await fetchInterview();
  } catch (error) {
    if (isPassing(error)) return;
    return showFailure(error, open);
  }
  drawHead();
  drawQuestions();
  if (page.scoring.closed !== closed) drawScore();
  else drawOthers();
  parts.decision.show(page.interview);
}

async function conflict() {
  await refresh();
  if (!page.scoring.settle(form, responseTo(page.questionId))) drawScore();
}

// ---- Integrity

async function judge(group, disposition, reason) {
  const { eventType, questionId } = group;
  page.report = await call("POST", `/api/async-interviews/${id}/proctors/dispositions`, { eventType, disposition, reason, ...(questionId && { questionId }) });
  parts.insights.querySelector("#integrity").replaceWith(integrityReport(page.interview, page.report, true, judge));
  drawHead();
}

async function renewVideo() {
  const { questionId } = page;
  try {
    page.interview = await fetchInterview();
  } catch (error) {
    return showFailure(error, open);
  }
  if (questionId === page.questionId) player.renew(responseTo(questionId).videoUrl);
}

/** An analysis was asked for once more. */
async function analyzing() {
  page.interview = await fetchInterview();
  drawAnalysis();
  parts.insights.querySelector("#analysis-requested")?.focus();
  poll();
}

// Until the analysis is complete, look again; redraw only what is new.
let polling = null;

function poll() {
  const { aiAnalysisStatus, videoResponses } = page.interview;
  const isUnderWay = !["complete", "failed"].includes(aiAnalysisStatus)
    || videoResponses.some(({ analysisStatus, analysisRequestedAt }) => analysisStatus === "pending" || analysisRequestedAt);
  if (!isUnderWay || videoResponses.length === 0) return;
  clearTimeout(polling);
  polling = setTimeout(async () => {
    const before = progress(page.interview);
    try {
      [page.interview, page.report] = await Promise.all([fetchInterview(), fetchReport()]);
    } catch (error) {
      if (!isPassing(error)) return showFailure(error, open);
    }
    if (progress(page.interview) !== before) {
      drawHead();
      drawAnalysis();
      parts.decision.show(page.interview);
    }
    poll();
  }, POLL_MS);
}

function progress({ status, aiAnalysisStatus, videoResponses }) {
  return JSON.stringify([status, aiAnalysisStatus, ...videoResponses.map(({ transcriptStatus, analysisStatus, aiInsights, waitingSince, analysisRequestedAt }) => [
    transcriptStatus, analysisStatus, aiInsights !== null, waitingSince, analysisRequestedAt])]);
}

open();
