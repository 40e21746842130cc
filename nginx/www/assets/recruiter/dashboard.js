import { call } from "../api.js";
import { h, icon } from "../dom.js";
import { moment, percent, relative } from "../format.js";
import { statusBadge } from "./labels.js";
import { roomBar } from "./room-bar.js";
import { showContent, showFailure, signedIn } from "./shell.js";

// What needs attention now, how far invitations have come, what is newest; for a new organisation,
// the way to its first interview.

/** The server counts as far as this. */
const MOST_COUNTED = 100;
/** From this part of the storage on, it is worth a word. */
const NEARLY_FULL = 0.8;

const groups = [
  { name: "closing", drawing: "clock", title: "Not begun, and soon over", why: "Less than 48 hours are left. A word to the candidate, or more time, may help.", when: "ends", all: "/async-interviews?deadline=soon" },
  { name: "toReview", drawing: "play", title: "To review", why: "Submitted, and waiting for your scores.", when: "submitted", all: "/async-interviews?status=SUBMITTED" },
  { name: "toDecide", drawing: "check", title: "To decide", why: "Everybody has scored; no recommendation yet.", when: "reviewed", all: "/async-interviews?status=REVIEWED" },
  { name: "failedMails", drawing: "mail", title: "Mail that did not arrive", why: "The candidate may not know of the interview. Check the address, or send the link yourself.", when: "came back", all: null },
  { name: "failedLiveMails", drawing: "calendar", title: "Mail about a live interview that did not arrive", why: "Somebody may not know of its time, or that it is off. A call may help.", when: "came back", all: null, page: "/interviews" },
  { name: "failedAnalyses", drawing: "warning", title: "Not analysed", why: "The recordings are there and can be scored; there is no transcript or no insights for all of them.", when: "submitted", all: null },
  { name: "drafts", drawing: "pen", title: "Drafts that were not sent", why: "Nobody was invited yet.", when: "created", all: "/async-interviews?status=DRAFT" },
];

async function load() {
  try {
    const [user, dashboard, storage] = await Promise.all([signedIn(), call("GET", "/api/dashboard"), call("GET", "/api/storage")]);
    const waiting = [...room(storage), ...attention(dashboard)];
    showContent(
      h("div", { class: "page-head" }, h("h1", {}, "Dashboard"), h("p", { class: "muted" }, user.organization.name)),
      ...dashboard.setup.hasSentInterview ? overview(dashboard, waiting) : [teaching(dashboard.setup), ...waiting]);
    for (const bar of document.querySelectorAll(".bar")) bar.style.setProperty("--part", bar.dataset.part);
  } catch (error) {
    showFailure(error, load);
  }
}

function overview(dashboard, waiting) {
  return [h("div", { class: "columns" },
    h("section", { class: "attention", "aria-labelledby": "attention-title" },
      h("h2", { id: "attention-title" }, "Needs attention"),
      ...waiting.length > 0 ? waiting : [h("div", { class: "face card", id: "calm" }, icon("check"), h("h3", {}, "Nothing needs you now"),
        h("p", {}, "No answer waits for your scores, no decision is open, and no candidate runs out of time."))]),
    h("div", { class: "aside" }, funnel(dashboard.funnel), newest(dashboard.newest)))];
}

// ---- What needs attention --------------------------------------------------------

function attention({ attention }) {
  return groups.filter(({ name }) => attention[name]?.count > 0).map((group) => section(group, attention[group.name]));
}

function section({ name, drawing, title, why, when, all, page }, { count, interviews }) {
  const number = count >= MOST_COUNTED ? `${MOST_COUNTED - 1}+` : count;
  return h("section", { class: "card group", id: name, "aria-labelledby": `${name}-title` },
    h("div", { class: "group-head" }, icon(drawing), h("h3", { id: `${name}-title` }, title, " ", h("span", { class: "count figures" }, number)),
      h("p", { class: "muted small" }, why)),
    h("ul", { class: "people" }, interviews.map((interview) => entry(interview, `${when} ${ago(interview.at)}`, null, page))),
    count > interviews.length && all && h("a", { class: "rest small", href: all }, `Show all ${number}`));
}

/** Said before the storage is full, and once it is. */
function room({ usedBytes, quotaBytes }) {
  if (quotaBytes === null || usedBytes < quotaBytes * NEARLY_FULL) return [];
  const isFull = usedBytes >= quotaBytes;
  const why = isFull
    ? "Candidates cannot send recordings. What they recorded waits on their devices until there is room again."
    : "Once it is full, candidates cannot send recordings any more.";
  return [h("section", { class: "card group", id: "storage", "aria-labelledby": "storage-title" },
    h("div", { class: "group-head" }, icon("warning"), h("h3", { id: "storage-title" }, isFull ? "The storage is full" : "The storage is nearly full"),
      h("p", { class: "muted small" }, `${why} Whoever runs Parley for you can give you more.`)),
    roomBar({ usedBytes, quotaBytes }))];
}

function entry({ id, candidate, assessment, at }, when, badge = null, page = "/async-interviews") {
  return h("li", {}, h("a", { class: "person", href: `${page}/${id}` }, h("b", {}, candidate.name), h("span", { class: "muted small" }, assessment.name)),
    badge, h("time", { class: "muted small", datetime: at, title: moment(at) }, when));
}

const ago = (time) => (Math.abs(Date.parse(time) - Date.now()) < 60_000 ? "just now" : relative(time));

// ---- The other column ------------------------------------------------------------

function funnel({ days, invited, opened, started, submitted, decided }) {
  const steps = [["Invited", invited], ["Opened", opened], ["Begun", started], ["Submitted", submitted], ["Decided", decided]];
  return h("section", { class: "card funnel", id: "funnel", "aria-labelledby": "funnel-title" },
    h("h2", { id: "funnel-title" }, `Invitations of the last ${days} days`),
    invited === 0 ? h("p", { class: "muted small" }, "Nobody was invited in this time.") : h("ol", {}, steps.map(([label, count]) => h("li", {},
      h("span", {}, label), h("span", { class: "bar", "data-part": count / invited, "aria-hidden": "true" }),
      h("span", { class: "figures" }, count, " ", h("span", { class: "muted small" }, percent(count / invited)))))));
}

function newest(interviews) {
  return h("section", { class: "card group", id: "newest", "aria-labelledby": "newest-title" },
    h("h2", { id: "newest-title" }, "Newest interviews"),
    h("ul", { class: "people" }, interviews.map((interview) => entry(interview, ago(interview.at), statusBadge(interview.status)))));
}

// ---- The first steps -------------------------------------------------------------

function teaching({ hasAssessment, hasActiveAssessment, hasCandidate }) {
  const steps = [
    { isDone: hasActiveAssessment, title: "Write an assessment",
      text: "Questions for one job, each with a rubric of five levels. Activate it when it is complete: then it can be asked.",
      ...hasAssessment ? { label: "Go on writing", to: "/assessments" } : { label: "Write an assessment", to: "/assessments/new" } },
    { isDone: hasCandidate, title: "Add your candidates",
      text: "One by one, or all of them from a spreadsheet.", label: "Add candidates", to: "/candidates" },
    { isDone: false, title: "Invite them",
      text: "Choose the assessment, the candidates and the time they have. You see the invitation and what a candidate sees before anything is sent.",
      label: "New interview", to: "/async-interviews/new", isOpen: hasActiveAssessment },
  ];
  const next = steps.findIndex(({ isDone }) => !isDone);
  return h("section", { class: "teaching", "aria-labelledby": "teaching-title" },
    h("h2", { id: "teaching-title" }, "Three steps to the first interview"),
    h("p", { class: "muted" }, "Candidates answer on video or in writing, when it suits them. You read, watch and score what they answered, side by side and by the same rubric."),
    h("ol", { class: "steps" }, steps.map(({ isDone, title, text, label, to, isOpen = true }, index) => h("li", { class: "card", "data-done": String(isDone), "aria-current": index === next ? "step" : null },
      h("span", { class: "step-number figures", "aria-hidden": "true" }, isDone ? icon("check") : index + 1),
      h("div", {}, h("h3", {}, title, isDone && h("span", { class: "badge good" }, "Done")), h("p", { class: "muted" }, text)),
      isOpen ? h("a", { class: index === next ? "button primary" : "button", href: to }, isDone ? "Open" : label)
        : h("span", { class: "muted small" }, "Once an assessment is active")))));
}

load();
