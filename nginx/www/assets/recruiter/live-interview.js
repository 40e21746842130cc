import { call, isPassing, Problem } from "../api.js";
import { button, h } from "../dom.js";
import { relative } from "../format.js";
import { openDeletion } from "./delete-dialog.js";
import { openDialog } from "./dialog.js";
import { sentence } from "./fields.js";
import { liveStatusBadge } from "./labels.js";
import { liveMails } from "./live-mails.js";
import { openSchedule } from "./schedule-dialog.js";
import "./score-form.js";
import { ScoreSaver } from "./score-saver.js";
import { showContent, showFailure, signedIn } from "./shell.js";
import { toast } from "./toast.js";
import { ownZone, zonedMoment, zonedTime } from "./zoned.js";

// One live interview: when and where it is, what became of it, and its scores: each interviewer's own
// first, and the others' once these are complete.

const id = location.pathname.split("/")[2];
const path = `/api/interviews/${id}`;

let user = null;
let live = null;
let details = null;
const savers = new Map();

async function open() {
  try {
    [user, { interview: live, details }] = await Promise.all([signedIn(), call("GET", path)]);
    draw();
  } catch (error) {
    showFailure(error, open);
  }
}

/** Fetches it anew and keeps what is being entered. */
async function refresh() {
  ({ interview: live, details } = await call("GET", path));
  drawAside();
}

function draw() {
  document.title = `${live.candidate.name} · Interviews · Parley`;
  showContent(head(), h("div", { class: "live-columns" },
    h("div", { class: "stack" }, main()),
    h("div", { class: "aside" }, facts(), h("div", { id: "progress-place" }), mails())));
  drawAside();
}

function drawAside() {
  document.querySelector("#progress-place").replaceChildren(progress());
  for (const question of details.questions) {
    document.querySelector(`#others-${question.id}`)?.replaceChildren(...others(question));
  }
}

// ---- Head and actions --------------------------------------------------------------------

function head() {
  const hasBegun = Date.parse(live.scheduledAt) <= Date.now();
  const isScored = live.interviewers.some(({ scored }) => scored > 0);
  const mayClose = hasBegun && (live.mayChange || live.mayScore);
  const isScheduled = live.status === "SCHEDULED";
  return h("div", { class: "live-head" },
    h("div", {}, h("p", { class: "small" }, h("a", { href: "/interviews" }, "Interviews")),
      h("h1", {}, live.candidate.name, liveStatusBadge(live.status)),
      h("p", { class: "muted" }, `${live.assessment.title} · ${live.assessment.jobTitle}`)),
    h("div", { class: "page-actions" },
      mayClose && ["SCHEDULED", "NO_SHOW"].includes(live.status) && button("Mark as done", { id: "done", class: "primary", onclick: () => close("COMPLETED") }),
      mayClose && isScheduled && button("Did not come", { id: "no-show", onclick: () => close("NO_SHOW") }),
      mayClose && !isScored && ["COMPLETED", "NO_SHOW"].includes(live.status) && button("Take back", { id: "take-back", onclick: () => close("SCHEDULED") }),
      live.mayChange && isScheduled && button("Move or change", { id: "move", onclick: move }),
      live.mayChange && isScheduled && button("Cancel interview", { id: "cancel", onclick: cancel }),
      live.mayChange && !(isScheduled && !hasBegun) && button("Delete…", { id: "delete", class: "quiet", "aria-haspopup": "dialog", onclick: remove })));
}

function remove() {
  openDeletion({
    scope: "LIVE_INTERVIEW", subjectId: id, path, title: "Delete this interview for good?",
    lead: `The interview of ${live.candidate.name} goes, with its time, place and note, and with it:`,
    stays: "The candidate stays, and a record that says how much went and when, without a name. Nobody is told; calendars keep their entries.",
  }, () => location.assign("/deletions"));
}

function move() {
  openSchedule({
    user, live, stale: open, saved: (changed) => {
      const isChanged = changed.sequence > live.sequence;
      open();
      toast(isChanged ? "It is changed, and everybody gets a mail with the new calendar entry." : "Nothing was changed.");
    },
  });
}

async function close(outcome) {
  // Another one would be of an older version.
  for (const each of document.querySelectorAll(".live-head .button")) each.disabled = true;
  try {
    await call("POST", `${path}/outcome`, { outcome, version: live.changedAt });
    await open();
    toast({ COMPLETED: "It is marked as done. Its interviewers can score it.", NO_SHOW: "It is noted that the candidate did not come.", SCHEDULED: "That is taken back." }[outcome]);
  } catch (error) {
    toast(sentence(error));
    await open();
  }
}

function cancel() {
  const reason = h("textarea", { class: "input", id: "reason", rows: 3, maxlength: 1000 });
  const failure = h("p", { class: "notice bad", role: "alert", hidden: true });
  const dialog = openDialog("cancel-dialog", "Cancel this interview?", (shut) => h("form", {
    class: "form", onsubmit: async (event) => {
      event.preventDefault();
      try {
        await call("POST", `${path}/cancel`, { version: live.changedAt, ...(reason.value.trim() && { reason: reason.value.trim() }) });
        dialog.close();
        await open();
        toast("It is cancelled, and everybody gets a mail.");
      } catch (error) {
        failure.textContent = sentence(error);
        failure.hidden = false;
      }
    },
  }, h("p", {}, `${live.candidate.name} and the interviewers get a mail that takes it out of their calendars. This cannot be undone; a new one can be scheduled.`),
  h("div", { class: "field" }, h("label", { for: "reason" }, "A word on why, for everybody (optional)"), reason), failure,
  h("div", { class: "actions" }, h("button", { type: "submit", class: "button danger", id: "confirm-cancel" }, "Cancel interview"), button("Keep it", { class: "quiet", onclick: shut }))));
  reason.focus();
}

// ---- What stands beside ---------------------------------------------------------------------

function facts() {
  const { scheduledAt, endsAt, timeZone, durationMinutes, place, meetingUrl, note, createdBy, cancelReason } = live;
  const theirs = zonedTime(scheduledAt, timeZone) === zonedTime(scheduledAt, ownZone()) ? null : `${zonedMoment(scheduledAt, timeZone)} in ${timeZone}`;
  const entry = (label, ...value) => h("div", {}, h("dt", {}, label), h("dd", {}, value));
  return h("section", { class: "card", "aria-labelledby": "facts-title" }, h("h2", { id: "facts-title", class: "visually-hidden" }, "When and where"),
    h("dl", { class: "facts" },
      entry("When", h("time", { datetime: scheduledAt }, `${zonedMoment(scheduledAt, ownZone())}–${zonedTime(endsAt, ownZone())}`), ` (${ownZone()}), ${durationMinutes} minutes, ${relative(scheduledAt)}`),
      theirs && entry("There", theirs),
      place && entry("Place", place),
      meetingUrl && entry("Meeting", h("a", { href: meetingUrl, rel: "noopener noreferrer", target: "_blank" }, meetingUrl)),
      note && entry("Note for everybody", note),
      cancelReason && entry("Why it was cancelled", cancelReason),
      entry("Candidate", h("a", { href: `/candidates/${live.candidate.id}` }, live.candidate.name)),
      entry("Scheduled by", createdBy.name)));
}

function progress() {
  const isClosed = live.status !== "COMPLETED";
  const { combined } = details;
  return h("section", { class: "card stack", "aria-labelledby": "progress-title" }, h("h2", { id: "progress-title" }, "Interviewers"),
    combined && h("div", {}, h("p", { class: "combined figures" }, combined.score.toFixed(2)), h("p", { class: "muted small" }, "All scores so far, by the questions’ weights")),
    h("ul", { class: "progress" }, live.interviewers.map(({ id: own, name, scored, isDone }) => h("li", {}, h("span", {}, own === user.id ? `${name} (you)` : name),
      h("span", { class: "muted small" }, isClosed ? "" : isDone ? "has scored" : `${scored} of ${live.questionCount}`)))),
    !isClosed && details.isBlind && h("p", { class: "notice", id: "blind" }, live.mayScore
      ? "What the others gave is shown once you have scored every question."
      : "Scores are shown once every interviewer has scored every question."));
}

function mails() {
  return liveMails(live, details.mails);
}

// ---- Scoring ------------------------------------------------------------------------------------

function main() {
  if (live.status !== "COMPLETED") return [waiting(), ...details.questions.map(outline)];
  return details.questions.map((question) => h("section", { class: "card question", "data-question": question.id, "aria-labelledby": `title-${question.id}` },
    h("div", {}, h("p", { class: "muted small" }, `Question ${question.position} · ${question.competency.name}`), h("h2", { id: `title-${question.id}` }, question.content)),
    live.mayScore && scoreForm(question),
    h("div", { id: `others-${question.id}` })));
}

function waiting() {
  const [title, text] = {
    SCHEDULED: Date.parse(live.scheduledAt) > Date.now()
      ? ["Not held yet", "These are the questions. Once the interview was held, each interviewer scores them on their own."]
      : ["Was it held?", "Mark it as done, then each interviewer scores these questions on their own. Or note that the candidate did not come."],
    NO_SHOW: ["The candidate did not come", "There is nothing to score. If that was noted by mistake, take it back."],
    CANCELLED: ["Cancelled", "There is nothing to score."],
  }[live.status];
  return h("div", { class: "notice", id: "waiting" }, h("strong", {}, title), h("span", {}, text));
}

function outline(question) {
  return h("section", { class: "card question", "aria-labelledby": `title-${question.id}` },
    h("div", {}, h("p", { class: "muted small" }, `Question ${question.position} · ${question.competency.name}`), h("h2", { id: `title-${question.id}` }, question.content)));
}

const own = (question) => details.evaluations.find(({ questionId, evaluatorId }) => questionId === question.id && evaluatorId === user.id);

function scoreForm(question) {
  const form = h("score-form", { onconflict: () => conflict(question, form), ontaken: () => { show(question, form); refresh(); } });
  form.scope = `${question.id}-`;
  show(question, form);
  return form;
}

function show(question, form) {
  const rubricLevels = question.rubricLevels.length > 0 ? question.rubricLevels
    : [1, 2, 3, 4, 5].map((level) => ({ level, label: `Level ${level}`, description: "", behavioralAnchors: [] }));
  form.show({ ...question, rubricLevels }, saver(question), null, null);
}

/** Keeps what is entered for a question, also while the page around it is drawn anew. */
function saver(question) {
  if (!savers.has(question.id)) {
    const saved = own(question);
    savers.set(question.id, new ScoreSaver(
      { score: saved?.score ?? null, notes: saved?.notes ?? "", reason: "", isSuggested: false }, saved?.updatedAt ?? "none",
      { send: (entry, version) => send(question, entry, version), isPassing, isConflict: (error) => error instanceof Problem && error.status === 409 && live.status === "COMPLETED" }));
  }
  return savers.get(question.id);
}

async function send(question, { score, notes }, version) {
  const isFirst = !own(question);
  const { evaluation } = await call("POST", `${path}/score`, { questionId: question.id, score, version, ...(notes.trim() && { notes: notes.trim() }) });
  if (isFirst || !details.isBlind) await refresh();
  return evaluation.updatedAt;
}

async function conflict(question, form) {
  try {
    await refresh();
  } catch (error) {
    return toast(sentence(error));
  }
  if (live.status !== "COMPLETED") return draw();
  const saved = own(question);
  form.settle(saved ? { ...saved, notes: saved.notes ?? "" } : null);
}

function others(question) {
  if (details.isBlind) return [];
  const given = details.evaluations.filter(({ questionId, evaluatorId }) => questionId === question.id && evaluatorId !== user.id);
  if (given.length === 0) return [h("p", { class: "muted small" }, "Nobody else has scored this question.")];
  return [h("h3", {}, "Others’ scores"), h("ul", { class: "others" }, given.map(({ evaluatorName, score, notes }) => h("li", {},
    h("span", { class: "figures given" }, h("span", { class: "visually-hidden" }, "Score "), String(score)),
    h("div", {}, h("b", {}, evaluatorName), notes && h("p", { class: "small" }, notes)))))];
}

open();
