import { call, Problem, Unreachable } from "../api.js";
import { button, h } from "../dom.js";
import { moment, timeOfDay } from "../format.js";
import { openAnalyses } from "./analyze-again.js";
import { reconcile } from "./assessment-conflict.js";
import { bodyOf, copyOf, draftOf, emptyDraft, isSame, move, newQuestion, placeOf, remove, revived, sketchOf } from "./assessment-draft.js";
import { detailsPanel } from "./assessment-details.js";
import { complain, grow } from "./fields.js";
import { isBlocker, ofAssessment, ofQuestion } from "./findings-view.js";
import { KeptDraft } from "./kept-draft.js";
import { assessmentStatuses } from "./labels.js";
import { chooseQuestions } from "./question-library.js";
import { showContent, showFailure, signedIn } from "./shell.js";
import { shortcuts, shortcutsButton } from "./shortcuts.js";
import { toast } from "./toast.js";
import "./assessment-outline.js";
import "./question-editor.js";

// Writes an assessment. What is typed is kept in this browser at once and on the server when it is
// saved; what somebody else saved meanwhile is compared, never overwritten.

const LINT_MS = 400;
const KEEP_MS = 250;

const id = location.pathname === "/assessments/new" ? null : location.pathname.split("/").at(-1);

const page = {
  /** What the server has; null for a new one. `base` is the record that the edit began from. */
  record: null, base: null,
  draft: emptyDraft(),
  /** "details" or a question of the draft. */
  open: "details",
  findings: [],
  /** Refused values that were not changed yet: {place, question or null, message}. */
  refused: [],
  competencies: [],
  kept: null, saving: null, savedAt: null, isKept: true, isComparing: false,
};
const parts = {};

const isDirty = () => !isSame(page.draft, page.base ? draftOf(page.base) : emptyDraft());
const isReadOnly = () => page.record?.isSent ?? false;
const address = () => `/api/assessments/${page.record.id}`;

// ---- Loading ---------------------------------------------------------------------

async function load() {
  try {
    const [user, { competencies }, record] = await Promise.all([
      signedIn(), call("GET", "/api/competencies"), id && call("GET", `/api/assessments/${id}`)]);
    page.kept = new KeptDraft(id ?? "new", user.id);
    page.competencies = competencies.map(({ name }) => name);
    take(record);
    const kept = page.kept.read();
    build();
    if (kept) restore(kept);
    openPart("details");
    if (!record) parts.panel.querySelector("#title").focus();
  } catch (error) {
    showFailure(error, load);
  }
}

/** Goes on from what the server has. */
function take(record) {
  page.record = page.base = record;
  page.draft = record ? draftOf(record) : emptyDraft();
  page.findings = record?.findings ?? [];
  page.refused = [];
}

function restore({ draft, base, at }) {
  const back = revived(draft);
  if (isSame(back, page.draft)) return page.kept.forget();
  Object.assign(page, { draft: back, base });
  notice("", `What you typed until ${moment(at)} was not saved. It is back.`, button("Drop it", { id: "drop-kept", onclick: () => {
    page.kept.forget();
    take(page.record);
    openPart("details");
    notice();
  } }));
  lint();
}

// ---- The page --------------------------------------------------------------------

function build() {
  parts.heading = h("h1", {});
  parts.badge = h("span", {});
  parts.state = h("p", { class: "muted small", id: "save-state", role: "status" });
  // They stay the same elements while one types, so that no click on one is lost.
  parts.buttons = {
    invite: h("a", { class: "button primary", id: "invite" }, "Invite candidates"),
    analyze: button("Analyse again", { class: "quiet", id: "analyze-again", onclick: () => openAnalyses(page.record) }, "engines"),
    archive: button("Archive", { class: "quiet", id: "archive", onclick: archive }, "archive"),
    duplicate: button("Duplicate", { class: "quiet", id: "duplicate", onclick: duplicate }, "copy"),
    activate: button("Activate", { id: "activate", onclick: activate }),
    save: button("Save", { id: "save", title: "Save (Ctrl+S)", onclick: save }),
  };
  parts.notice = h("div", { id: "notice" });
  parts.announcement = h("p", { class: "visually-hidden", role: "status" });
  parts.outline = h("assessment-outline", {});
  parts.panel = h("section", { class: "panel card", id: "panel", "aria-label": "What is open" });
  parts.outline.addEventListener("open", ({ detail }) => openPart(detail, { focus: detail !== page.open }));
  parts.outline.addEventListener("add", () => add());
  parts.outline.addEventListener("take", takeQuestions);
  parts.outline.addEventListener("act", ({ detail: { question, name } }) => act(name, question));
  showContent(
    h("div", { class: "editor-head" },
      h("div", { class: "name" }, h("a", { href: "/assessments", class: "small" }, "Assessments"), parts.heading, parts.badge),
      parts.state, h("div", { class: "actions" }, Object.values(parts.buttons))),
    parts.notice, parts.announcement,
    h("div", { class: "editor-grid" }, h("div", { class: "rail" }, parts.outline, shortcutsButton()), parts.panel));
}

function drawHead() {
  const { record, draft } = page;
  const title = draft.title.trim() || "New assessment";
  document.title = `${title} · Parley`;
  parts.heading.textContent = title;
  const [label, tone] = assessmentStatuses[record?.status ?? "DRAFT"];
  parts.badge.className = `badge ${tone}`;
  parts.badge.textContent = record ? label : "Not saved yet";
  parts.state.textContent = stateText();
  const dirty = isDirty();
  const status = record?.status ?? null;
  const { invite, analyze, archive, duplicate, activate, save } = parts.buttons;
  invite.hidden = status !== "ACTIVE" || dirty;
  if (record) invite.href = `/async-interviews/new?assessmentId=${record.id}`;
  analyze.hidden = !isReadOnly();
  archive.hidden = status !== "ACTIVE";
  duplicate.hidden = !record;
  activate.hidden = !record || status === "ACTIVE";
  activate.textContent = dirty ? "Save and activate" : "Activate";
  activate.classList.toggle("primary", !dirty);
  save.classList.toggle("primary", dirty || !record);
  save.setAttribute("aria-disabled", String(Boolean(record) && !dirty));
}

function stateText() {
  if (page.isComparing) return "Somebody else saved meanwhile";
  if (page.saving) return "Saving…";
  if (isDirty()) return page.isKept ? "Not saved yet · kept in this browser" : "Not saved yet, and this browser has no room to keep it: save soon";
  return page.record ? `Saved ${timeOfDay(page.savedAt ?? page.record.updatedAt)}` : "";
}

function drawOutline() {
  const refused = new Set(page.refused.map(({ question }) => question ?? "details"));
  parts.outline.show(page.draft.questions, { open: page.open, findings: page.findings, refused, isReadOnly: isReadOnly() });
}

/** Shows the details or a question. */
function openPart(what, { focus = false } = {}) {
  page.open = what;
  const { questions } = page.draft;
  if (what === "details") {
    parts.panel.replaceChildren(detailsPanel(page.draft, isReadOnly(), edited));
  } else {
    const editor = h("question-editor", {});
    editor.show(what, { position: questions.indexOf(what) + 1, questions, competencies: known(), isReadOnly: isReadOnly() });
    editor.addEventListener("edit", edited);
    editor.addEventListener("act", ({ detail }) => act(detail, what));
    editor.addEventListener("take", ({ detail }) => takeRubric(what, detail));
    parts.panel.replaceChildren(editor);
  }
  parts.panel.scrollTop = 0;
  for (const area of parts.panel.querySelectorAll("textarea")) grow(area);
  for (const { place, message } of refusedHere()) complain(fieldOf(place), `This ${message}${/[.!?]$/.test(message) ? "" : "."}`);
  warn();
  drawHead();
  drawOutline();
  if (focus) (what === "details" ? parts.panel.querySelector("#title") : parts.panel.querySelector("#question-text")).focus();
}

/** Those that exist and those of this draft. */
function known() {
  return [...new Set([...page.competencies, ...page.draft.questions.map(({ competency }) => competency.trim()).filter(Boolean)])].sort();
}

function warn() {
  if (page.open === "details") parts.panel.firstChild.warn(ofAssessment(page.findings), page.draft);
  else parts.panel.firstChild.warn(ofQuestion(page.findings, page.draft.questions.indexOf(page.open) + 1));
}

function notice(tone = "", text = "", ...more) {
  parts.notice.replaceChildren(...text ? [h("div", { class: `notice ${tone}`, role: tone === "bad" ? "alert" : "status" }, h("p", {}, text), h("div", { class: "actions" }, more))] : []);
}

const refusedHere = () => page.refused.filter(({ question }) => (question ?? "details") === page.open);
const fieldOf = (place) => parts.panel.firstChild.field(place);

// ---- Editing ---------------------------------------------------------------------

function edited() {
  page.refused = page.refused.filter((refusal) => !refusedHere().includes(refusal) || fieldOf(refusal.place).hasAttribute("aria-invalid"));
  changed();
}

function changed() {
  drawHead();
  drawOutline();
  later("keep", KEEP_MS, keep);
  later("lint", LINT_MS, lint);
}

const timers = {};
function later(name, ms, action) {
  clearTimeout(timers[name]);
  timers[name] = setTimeout(action, ms);
}

function keep() {
  clearTimeout(timers.keep);
  if (!page.kept) return;
  if (isDirty()) page.isKept = page.kept.write(page.draft, page.base);
  else page.kept.forget();
  drawHead();
}

let asking = null;
async function lint() {
  asking?.abort();
  asking = new AbortController();
  try {
    ({ findings: page.findings } = await call("POST", "/api/assessments/findings", sketchOf(page.draft), { signal: asking.signal }));
  } catch (error) {
    // Hints can wait: for the connection, for another key, for what saving would refuse to be changed.
    if (error.name === "AbortError" || error instanceof Unreachable || error instanceof Problem) return;
    throw error;
  }
  warn();
  drawOutline();
}

function add() {
  if (isReadOnly()) return;
  const { questions } = page.draft;
  const question = newQuestion();
  questions.splice(page.open === "details" ? questions.length : questions.indexOf(page.open) + 1, 0, question);
  openPart(question, { focus: true });
  changed();
}

async function takeQuestions() {
  const chosen = await chooseQuestions(page.record?.id ?? null);
  if (chosen.length === 0) return;
  page.draft.questions.push(...chosen);
  openPart(chosen[0], { focus: true });
  changed();
}

function act(name, question) {
  const { questions } = page.draft;
  const position = questions.indexOf(question) + 1;
  if (name === "remove") {
    const putBack = remove(questions, question);
    openPart(questions[position - 1] ?? questions.at(-1) ?? "details");
    changed();
    parts.outline.focusOpen();
    toast(`Question ${position} was removed.`, () => { putBack(); openPart(question, { focus: true }); changed(); });
  } else if (name === "copy") {
    const copy = copyOf(question);
    questions.splice(position, 0, copy);
    openPart(copy, { focus: true });
    changed();
  } else if (move(questions, question, name === "up" ? -1 : 1)) {
    const focused = document.activeElement.id;
    changed();
    openPart(question);
    const again = document.getElementById(focused);
    if (again && !again.disabled && focused.startsWith("question-")) again.focus();
    else parts.outline.focusOpen();
    parts.announcement.textContent = `Now question ${questions.indexOf(question) + 1} of ${questions.length}.`;
  }
}

function takeRubric(question, other) {
  const before = question.levels;
  const put = (levels) => { question.levels = levels; changed(); openPart(question); };
  put(structuredClone(other.levels));
  toast("The rubric was taken over.", () => put(before));
}

/** Opens the part that is some places further; the details come first. */
function step(by) {
  const all = ["details", ...page.draft.questions];
  const next = all[all.indexOf(page.open) + by];
  if (!next) return;
  openPart(next);
  parts.outline.focusOpen();
}

// ---- Saving ----------------------------------------------------------------------

/** Saves what was typed. Resolves to whether the server has all of it. */
function save() {
  page.saving ??= (isDirty() || !page.record ? send() : Promise.resolve(true)).finally(() => { page.saving = null; drawHead(); });
  drawHead();
  return page.saving;
}

async function send() {
  const sent = bodyOf(page.draft);
  const { questions } = page.draft;
  const asked = [...questions];
  try {
    const record = page.record
      ? await call("PUT", address(), { ...sent, version: page.base.version })
      : await call("POST", "/api/assessments", sent);
    saved(record, sent, asked);
    return true;
  } catch (error) {
    return failed(error, asked);
  }
}

function saved(record, sent, asked) {
  const isNew = !page.record;
  // A competency is written as it was first: whoever did not type on has it like that.
  asked.forEach((question, index) => {
    if (question.competency === sent.questions[index].competency) question.competency = record.questions[index].competency.name;
  });
  Object.assign(page, { record, base: record, findings: record.findings, refused: [], savedAt: Date.now() });
  if (isNew) {
    page.kept.forget();
    page.kept = new KeptDraft(record.id, page.kept.account);
    history.replaceState(null, "", `/assessments/${record.id}`);
  }
  keep();
  notice();
  const competency = parts.panel.querySelector("#competency");
  if (competency) competency.value = page.open.competency;
  warn();
  drawOutline();
}

async function failed(error, asked) {
  keep();
  if (error instanceof Unreachable) {
    notice("caution", "The server cannot be reached. What you typed is kept in this browser.", button("Save again", { onclick: save }));
  } else if (!(error instanceof Problem)) {
    throw error;
  } else if (error.status === 401) {
    const next = encodeURIComponent(location.pathname);
    notice("caution", "You are signed out. What you typed is kept in this browser, and it is back when you have signed in.",
      h("a", { class: "button", href: `/sign-in?next=${next}` }, "Sign in"));
  } else if (error.code === "VALIDATION_FAILED") {
    refuse(error.errors, asked);
  } else if (error.members.current) {
    return compare(error.members.current);
  } else if (error.code === "CONFLICT" && page.record) {
    notice("bad", error.message, button("Save mine as a new assessment", { id: "save-copy", onclick: saveCopy }));
  } else {
    notice("bad", error.message, button("Save again", { onclick: save }));
  }
  return false;
}

function refuse(errors, asked) {
  page.refused = errors.map(({ field, message }) => {
    const place = placeOf(field, { questions: asked });
    return { place, question: asked[place.question] ?? null, field, message };
  });
  const fields = new Set(["title", "jobTitle", "description"]);
  const elsewhere = page.refused.filter(({ place, question }) => !question && !fields.has(place.part));
  const count = errors.length === 1 ? "One field is" : `${errors.length} fields are`;
  notice("bad", [`${count} not as they should be, so nothing was saved. What is wrong is said at each of them.`.replace("is not as they", "is not as it"),
    ...elsewhere.map(({ field, message }) => `${field} ${message}.`)].join(" "));
  const first = page.refused.find(({ question, place }) => question || fields.has(place.part));
  if (!first) return;
  openPart(first.question ?? "details");
  fieldOf(first.place).focus();
}

/** Somebody saved meanwhile: shows both versions. */
async function compare(current) {
  const theirs = draftOf(current);
  page.isComparing = true;
  drawHead();
  const chosen = await reconcile({
    base: page.base ? draftOf(page.base) : emptyDraft(), mine: page.draft, theirs, saved: `Theirs was saved ${moment(current.updatedAt)}.` });
  page.isComparing = false;
  if (!chosen) {
    notice("caution", "Somebody saved this assessment while you edited it. Yours is kept in this browser only.", button("Compare both", { id: "compare", onclick: () => save() }));
    return false;
  }
  Object.assign(page, { record: current, base: current, draft: chosen });
  openPart("details");
  notice();
  if (isDirty()) return send();
  saved(current, bodyOf(chosen), chosen.questions);
  return true;
}

async function saveCopy() {
  await moveOn(async () => {
    const body = bodyOf(page.draft);
    const copy = await call("POST", "/api/assessments", { ...body, title: `${body.title.slice(0, 193)} (copy)` });
    page.kept.forget();
    page.kept = null;
    location.assign(`/assessments/${copy.id}`);
  });
}

// ---- Status ----------------------------------------------------------------------

async function activate() {
  if (isDirty() && !await save()) return;
  const missing = page.findings.find(isBlocker);
  const before = page.record.status;
  await moveOn(async () => {
    moved(await call("POST", `${address()}/activate`));
    toast("It is active: candidates can be invited.", before === "ARCHIVED" ? archive : null);
  }, () => { if (missing) openPart(page.draft.questions[missing.questionPosition - 1] ?? "details"); });
}

async function archive() {
  if (isDirty() && !await save()) return;
  await moveOn(async () => {
    moved(await call("POST", `${address()}/archive`));
    toast("It is archived: nobody new is asked. Interviews that were sent go on.", activate);
  });
}

async function duplicate() {
  if (isDirty() && !await save()) return;
  await moveOn(async () => location.assign(`/assessments/${(await call("POST", `${address()}/duplicate`)).id}`));
}

/** Takes over another status; what is typed meanwhile stays. */
function moved(record) {
  Object.assign(page, { record, base: record, findings: record.findings });
  notice();
  warn();
  drawHead();
  drawOutline();
}

async function moveOn(action, refused = () => {}) {
  try {
    await action();
  } catch (error) {
    if (error instanceof Problem && error.status !== 401) {
      refused();
      notice("bad", error.message);
    } else {
      await failed(error, page.draft.questions);
    }
  }
}

// ---- Keys ------------------------------------------------------------------------

// Those without an action are listed here and heard below, or by whatever has the focus.
const elsewhere = (label) => [label, () => {}];
shortcuts({
  j: ["Next question", () => step(1)],
  k: ["Previous question", () => step(-1)],
  n: ["Add a question after this one", add],
  "Ctrl+Enter": elsewhere("Add a question after this one"),
  "Ctrl+S": elsewhere("Save"),
  "Alt+↑": elsewhere("Move the question up"),
  "Alt+↓": elsewhere("Move the question down"),
  Del: elsewhere("Remove the question, in the list"),
  "↵": elsewhere("Begin the next anchor, in an anchor"),
  Esc: elsewhere("Leave a text for the list of questions"),
});

document.addEventListener("keydown", (event) => {
  const isTyping = event.target.closest?.("input, textarea, select");
  if (!parts.panel || event.isComposing || event.target.closest?.("dialog")) return;
  const named = event.ctrlKey || event.metaKey ? `Ctrl+${event.key}` : event.altKey ? `Alt+${event.key}` : event.key;
  const action = {
    "Ctrl+s": save,
    "Ctrl+Enter": add,
    "Alt+ArrowUp": !isTyping && page.open !== "details" && !isReadOnly() && (() => act("up", page.open)),
    "Alt+ArrowDown": !isTyping && page.open !== "details" && !isReadOnly() && (() => act("down", page.open)),
    Escape: isTyping && parts.panel.contains(event.target) && (() => parts.outline.focusOpen()),
  }[named];
  if (!action) return;
  event.preventDefault();
  action();
});

window.addEventListener("pagehide", keep);

load();
