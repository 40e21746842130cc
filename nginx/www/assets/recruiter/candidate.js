import { call, Problem } from "../api.js";
import { button, h, icon } from "../dom.js";
import { moment, relative } from "../format.js";
import { openEditCandidate } from "./candidate-form.js";
import { openDeletion } from "./delete-dialog.js";
import { sentence } from "./fields.js";
import { recommendations, riskWords, statusBadge } from "./labels.js";
import { notes } from "./notes.js";
import { resumeSection } from "./resume/section.js";
import { showContent, showFailure, signedIn } from "./shell.js";
import { shortcuts, shortcutsButton } from "./shortcuts.js";
import { stageOptions, stages } from "./stages.js";
import { toast } from "./toast.js";

// Everything about one candidate: who they are, their interviews and scores, and
// what the team wrote about them.

const id = location.pathname.split("/")[2];
let user = null;
let candidate = null;
let resume = null;

async function open() {
  try {
    [candidate, user] = await Promise.all([call("GET", `/api/candidates/${id}`), signedIn()]);
    draw();
  } catch (error) {
    showFailure(error, open);
  }
}

function draw() {
  document.title = `${candidate.name} · Parley`;
  showContent(
    h("p", { class: "small" }, h("a", { href: "/candidates" }, "Candidates")),
    head(),
    h("div", { class: "profile" },
      interviews(),
      h("div", { class: "aside" }, elsewhere(), notes(candidate)),
      resume ??= resumeSection(candidate)));
}

function head() {
  const { name, email, phone, createdAt } = candidate;
  const fact = (label, value) => h("div", {}, h("dt", {}, label), h("dd", {}, value));
  const stage = h("select", { class: "input", id: "stage", onchange: () => move(stage.value) }, stageOptions(candidate.pipelineStage));
  return h("div", { class: "profile-head" },
    h("div", {}, h("h1", { id: "name", tabindex: "-1" }, name),
      h("dl", { class: "profile-facts" },
        fact("E-mail", h("a", { href: `mailto:${email}` }, email)),
        phone && fact("Phone", h("a", { href: `tel:${phone.replace(/[^+\d]/g, "")}` }, phone)),
        fact("Added", h("time", { datetime: createdAt, title: moment(createdAt) }, relative(createdAt))))),
    h("div", { class: "head-actions" },
      shortcutsButton(),
      h("div", { class: "stage-field" }, h("label", { for: "stage" }, "Stage"), stage),
      user.role === "ADMIN" && button("Delete…", { id: "delete", class: "quiet", "aria-haspopup": "dialog", onclick: remove }),
      button("Edit", { id: "edit", onclick: () => openEditCandidate(candidate, take) }),
      h("a", { class: "button primary", id: "invite", href: `/async-interviews/new?candidateId=${id}` }, "Invite to an interview")));
}

// What was saved, with what it does not tell of.
function take(saved) {
  candidate = { ...candidate, ...saved };
  draw();
  document.querySelector("#name").focus();
}

function remove() {
  openDeletion({
    scope: "PERSON", subjectId: id, path: `/api/candidates/${id}`, title: `Delete ${candidate.name} for good?`,
    lead: `Everything about ${candidate.name} goes: name, address and phone number, and with them:`,
    stays: "A record stays that says how much went and when, without a name, and numbers in analytics that name nobody. Nobody is told.",
  }, () => location.assign("/deletions"));
}

// The stage is saved as it is chosen, and can be taken back.
async function move(pipelineStage, isUndo = false) {
  const before = candidate.pipelineStage;
  try {
    const saved = await call("PATCH", `/api/candidates/${id}`, { pipelineStage, version: candidate.updatedAt });
    candidate = { ...candidate, ...saved };
    document.querySelector("#stage").value = pipelineStage;
    toast(isUndo ? `Back in “${stages[pipelineStage][0]}”.` : `Moved to “${stages[pipelineStage][0]}”.`, isUndo ? null : () => move(before, true));
  } catch (error) {
    document.querySelector("#stage").value = before;
    const { current } = error instanceof Problem ? error.members : {};
    if (current) {
      take(current);
      return toast("Somebody else changed this candidate meanwhile. This is how they are now.");
    }
    toast(sentence(error));
  }
}

function interviews() {
  const list = candidate.interviews;
  return h("section", { "aria-labelledby": "interviews-title" },
    h("h2", { id: "interviews-title" }, "Video interviews"),
    list.length > 0
      ? h("div", { class: "card", id: "interviews" }, list.map(interview))
      : h("div", { class: "face card" }, icon("video"), h("h3", {}, "Not invited yet"),
        h("p", {}, "Choose an assessment and set a deadline; the candidate answers in their own time, and their answers appear here."),
        h("a", { class: "button", href: `/async-interviews/new?candidateId=${id}` }, "Invite to an interview")));
}

function interview(it) {
  const fact = (label, value) => value && h("div", {}, h("dt", {}, label), h("dd", {}, value));
  const time = (value) => value && h("time", { datetime: value, title: moment(value) }, relative(value));
  const [words, tone] = recommendations[it.recommendation] ?? [];
  return h("article", { class: "interview-card" },
    h("h3", {}, h("a", { href: `/async-interviews/${it.id}` }, it.assessment.title), statusBadge(it.status), words && h("span", { class: `badge ${tone}` }, words)),
    h("dl", { class: "interview-facts" },
      fact("Role", it.assessment.jobTitle),
      fact("Answers", `${it.responseCount} of ${it.questionCount}`),
      fact("Your score", score(it.scores.own)),
      fact("All reviewers", teamScore(it.scores)),
      fact("Integrity risk", it.responseCount > 0 && riskWords(it.proctorSummary.riskLevel)),
      it.submittedAt ? fact("Submitted", time(it.submittedAt)) : fact("Deadline", time(it.deadlineAt)),
      fact("Invited", time(it.invitationSentAt))),
    it.recruiterNotes && h("p", { class: "small" }, h("span", { class: "muted" }, "Notes: "), it.recruiterNotes));
}

const score = (mean) => (mean === null ? h("span", { class: "muted" }, "–") : `${mean.toFixed(1)} of 5`);

// Others' scores stay hidden until one's own are given.
function teamScore({ team, reviewerCount }) {
  if (team !== null) return `${team.toFixed(1)} of 5 (${reviewerCount})`;
  return reviewerCount === 0 ? h("span", { class: "muted" }, "–") : h("span", { class: "muted", title: "Score every answer yourself to see it" }, `Hidden (${reviewerCount})`);
}

// A resume that another system keeps.
function elsewhere() {
  if (!candidate.resumeUrl) return "";
  return h("section", { class: "card padded", "aria-labelledby": "elsewhere-title" },
    h("h2", { id: "elsewhere-title" }, "Resume elsewhere"),
    h("p", {}, h("a", { href: candidate.resumeUrl, rel: "noopener noreferrer", target: "_blank" }, "Open it")));
}

shortcuts({
  e: ["Edit", () => document.querySelector("#edit")?.click()],
  n: ["Write a note", () => document.querySelector("#note")?.focus()],
  u: ["Upload a resume", () => (document.querySelector("#upload-another") ?? document.querySelector("#resume-file"))?.click()],
  i: ["Invite to an interview", () => document.querySelector("#invite")?.click()],
});

open();
