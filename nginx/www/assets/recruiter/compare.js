import { call, Problem } from "../api.js";
import { button, h, icon } from "../dom.js";
import { relative } from "../format.js";
import { assessmentChoice, newestAssessments } from "./assessment-choice.js";
import { Column } from "./compare-column.js";
import "./find-bar.js";
import { reviewKeys } from "./review-keys.js";
import { rubric } from "./score-form.js";
import { shortcuts, shortcutsButton } from "./shortcuts.js";
import { showContent, showFailure, signedIn } from "./shell.js";

// Candidates side by side on one question. What is compared stands in the address.

const MOST_COLUMNS = 4;
const SEARCH_MS = 250;

/** The one place where the page's state lives. */
const page = { user: null, assessments: [], assessment: null, question: null, columns: [], active: null, answers: [], nextCursor: null, search: "", note: null };

const parts = {
  questions: h("nav", { class: "questions card", "aria-label": "Questions" }),
  answers: h("section", { class: "answers card", "aria-labelledby": "answers-title" }),
  asked: h("div", { class: "asked-line" }),
  columns: h("div", { class: "columns" }),
};
const find = h("find-bar");
const answerList = h("ul", { id: "answers" });
const more = button("Show more", { class: "quiet small", id: "more-answers", onclick: () => guarded(() => fetchAnswers({ next: true })) });

async function open() {
  const query = new URLSearchParams(location.search);
  try {
    [page.user, page.assessments] = await Promise.all([signedIn(), newestAssessments()]);
    const id = query.get("assessment") ?? page.assessments[0]?.id;
    if (!id) return showContent(head(), nothingYet());
    page.assessment = await call("GET", `/api/assessments/${encodeURIComponent(id)}`);
    page.question = page.assessment.questions.find((each) => each.id === query.get("question")) ?? page.assessment.questions[0];
    if (!page.question) return showContent(head(), face("This assessment has no questions yet", "Add questions to it, and send interviews: the answers are compared here."));
    await Promise.all([fetchAnswers(), loadColumns((query.get("interviews") ?? "").split(",").filter(Boolean))]);
  } catch (error) {
    return showFailure(error, open);
  }
  showContent(head(), h("div", { class: "compare-grid" }, h("div", { class: "setup" }, parts.questions, parts.answers),
    h("section", { class: "side-by-side", "aria-label": "Answers side by side" }, parts.asked, parts.columns)));
  drawAnswersPanel();
  draw();
}

function head() {
  return h("div", { class: "review-head" },
    h("div", { class: "who" }, h("h1", {}, "Compare answers"), h("p", { class: "muted small" }, "One question, several candidates. Score one question across candidates before you go on to the next.")),
    page.assessment && h("div", { class: "choices-line" }, assessmentChoice(page.assessments, page.assessment, (id) => location.assign(`/compare?assessment=${id}`)), shortcutsButton()));
}

function nothingYet() {
  return face("Nothing to compare yet", "Create an assessment and send interviews. When two candidates have answered, their answers to the same question can be seen here side by side.");
}

function face(title, text) {
  return h("div", { class: "face card" }, icon("video"), h("h2", {}, title), h("p", {}, text));
}

// ---- State

function keepAddress() {
  const query = new URLSearchParams({ assessment: page.assessment.id, question: page.question.id });
  if (page.columns.length > 0) query.set("interviews", page.columns.map(({ interview }) => interview.id).join(","));
  history.replaceState(null, "", `/compare?${query}`);
}

async function loadColumns(ids) {
  const wanted = [...new Set(ids)].slice(0, MOST_COLUMNS);
  const columns = await Promise.all(wanted.map((id) => column(id)));
  page.columns = columns.filter(Boolean);
  page.active = page.columns[0] ?? null;
  if (page.columns.length < ids.length) page.note = "Some of what was asked for is not there, not of this assessment, or more than fits.";
}

/** Null when there is no such interview of this assessment. */
async function column(id) {
  const made = new Column(id, page.user, {
    started: (playing) => page.columns.filter((each) => each !== playing).forEach(({ player }) => player.pause()),
    scored: (changed) => noteScore(changed),
    removed: (gone) => remove(gone),
    failed: (error) => showFailure(error, open),
  });
  try {
    await made.load();
  } catch (error) {
    if (error instanceof Problem && [400, 404].includes(error.status)) return null;
    throw error;
  }
  if (made.interview.assessment.id !== page.assessment.id) return null;
  made.element.addEventListener("focusin", () => { page.active = made; });
  return made;
}

async function fetchAnswers({ next = false } = {}) {
  const query = new URLSearchParams({ questionId: page.question.id });
  if (page.search) query.set("search", page.search);
  if (next) query.set("cursor", page.nextCursor);
  const { answers, nextCursor } = await call("GET", `/api/assessments/${page.assessment.id}/answers?${query}`);
  page.answers = next ? [...page.answers, ...answers] : answers;
  page.nextCursor = nextCursor;
  if (answerList.isConnected) drawAnswers();
}

function noteScore(changed) {
  const entry = page.answers.find(({ interviewId }) => interviewId === changed.interview.id);
  if (entry) Object.assign(entry, { ownScore: changed.ownScore, meanScore: changed.meanScore });
  drawAnswers();
}

async function guarded(act) {
  try {
    await act();
  } catch (error) {
    showFailure(error, open);
  }
}

async function toggle(id, wanted) {
  if (!wanted) return remove(page.columns.find(({ interview }) => interview.id === id));
  const added = await column(id);
  if (!added) return;
  page.columns.push(added);
  page.active = added;
  draw();
}

function remove(gone) {
  const wasInside = gone.element.contains(document.activeElement);
  gone.player.pause();
  page.columns = page.columns.filter((each) => each !== gone);
  if (page.active === gone) page.active = page.columns[0] ?? null;
  draw();
  if (wasInside) answerList.querySelector("input")?.focus();
}

async function ask(question) {
  page.question = question;
  await fetchAnswers();
  draw();
}

function step(by) {
  const { questions } = page.assessment;
  const next = questions[questions.indexOf(page.question) + by];
  if (next) guarded(() => ask(next));
}

function stepColumn(by) {
  const { columns, active } = page;
  columns[(columns.indexOf(active) + by + columns.length) % columns.length]?.element.focus();
}

// ---- Drawing

function draw() {
  keepAddress();
  drawQuestions();
  drawAnswers();
  const lines = [h("h2", {}, `${page.question.position}. ${page.question.content}`)];
  if (page.note) lines.push(h("p", { class: "notice", role: "status" }, page.note));
  if (page.columns.length > 0) lines.push(h("div", { class: "tools" }, find, rubric(page.question)));
  parts.asked.replaceChildren(...lines);
  parts.columns.style.setProperty("--columns", page.columns.length);
  const columns = page.columns.map(({ element }) => element);
  parts.columns.replaceChildren(...(columns.length > 0 ? columns
    : [face("Choose candidates", "Choose up to four candidates from the list. Their answers to this question appear here beside each other.")]));
  for (const each of page.columns) each.show(page.question);
  find.within(page.columns.flatMap((each) => each.searched));
}

function drawQuestions() {
  const focused = parts.questions.contains(document.activeElement);
  parts.questions.replaceChildren(h("h2", {}, "Questions"), h("ol", {}, page.assessment.questions.map((question) => h("li", {}, h("button", {
    type: "button", id: `question-${question.position}`, "aria-current": question === page.question ? "true" : null, onclick: () => guarded(() => ask(question)),
  },
  h("span", { class: "number figures" }, String(question.position)),
  h("span", { class: "text" }, h("span", { class: "content" }, question.content), h("span", { class: "muted small" }, question.competency.name)))))));
  if (focused) parts.questions.querySelector("[aria-current]").focus();
}

function drawAnswersPanel() {
  let timer = null;
  parts.answers.replaceChildren(h("h2", { id: "answers-title" }, "Candidates"),
    h("input", {
      type: "search", class: "input", id: "search-answers", placeholder: "Find a candidate", "aria-label": "Find a candidate", maxlength: "100",
      oninput: ({ target }) => {
        clearTimeout(timer);
        timer = setTimeout(() => guarded(async () => { page.search = target.value.trim(); await fetchAnswers(); }), SEARCH_MS);
      },
    }), answerList, more);
}

function drawAnswers() {
  const focused = answerList.contains(document.activeElement) ? document.activeElement.value : null;
  const chosen = new Set(page.columns.map(({ interview }) => interview.id));
  const none = page.search ? "Nobody of this name has answered this question." : "Nobody has submitted an answer to this question yet.";
  answerList.replaceChildren(...(page.answers.length > 0 ? page.answers.map((answer) => entry(answer, chosen)) : [h("li", { class: "small muted" }, none)]));
  more.hidden = page.nextCursor === null;
  if (focused) answerList.querySelector(`input[value="${focused}"]`)?.focus();
}

function entry({ interviewId, candidate, submittedAt, ownScore, othersScored, meanScore }, chosen) {
  const isChosen = chosen.has(interviewId);
  const others = othersScored === 0 ? null : meanScore !== null ? `mean ${meanScore.toFixed(1)}` : `${othersScored} ${othersScored === 1 ? "other has" : "others have"} scored`;
  return h("li", {}, h("label", {},
    h("input", {
      type: "checkbox", value: interviewId, checked: isChosen, disabled: !isChosen && chosen.size >= MOST_COLUMNS,
      onchange: ({ target }) => guarded(() => toggle(interviewId, target.checked)),
    }),
    h("span", { class: "text" }, h("span", { class: "content" }, candidate.name), h("span", { class: "muted small" }, [relative(submittedAt), others].filter(Boolean).join(" · "))),
    h("span", { class: `own figures ${ownScore === null ? "open" : ""}` },
      h("span", { class: "visually-hidden" }, ownScore === null ? "Not scored by you" : "Your score "), ownScore === null ? h("span", { "aria-hidden": "true" }, "–") : String(ownScore))));
}

reviewKeys({ answer: () => ({ player: page.active?.player, form: page.active?.form }), step, find });
shortcuts({ "]": ["Next candidate", () => stepColumn(1)], "[": ["Previous candidate", () => stepColumn(-1)] });
open();
