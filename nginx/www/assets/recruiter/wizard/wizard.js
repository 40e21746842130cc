import { call } from "../../api.js";
import { button, h, icon } from "../../dom.js";
import { followLinks } from "../links.js";
import { showContent, showFailure, signedIn } from "../shell.js";
import { assessmentStep } from "./assessment-step.js";
import { forget, keep, load, problems, reachable } from "./draft.js";
import { peopleStep } from "./people-step.js";
import { previewStep } from "./preview-step.js";
import { sendingView } from "./sending.js";
import { termsStep } from "./terms-step.js";

// The way from an assessment to sent invitations, in four steps. The address
// names the step; what was entered is kept in the browser's session.

const TITLES = ["Assessment", "Candidates", "Terms", "Preview and send"];
const STEPS = [assessmentStep, peopleStep, termsStep, previewStep];

let account = null;
let draft = null;
let resumed = false;

const asked = () => Number.parseInt(new URLSearchParams(location.search).get("step"), 10) || 0;
const address = (step) => `/async-interviews/new?step=${step}`;

async function open() {
  try {
    account = (await signedIn()).id;
    draft = load(account);
    resumed = draft.assessment !== null || draft.people.length > 0;
    await takeGiven(new URLSearchParams(location.search));
  } catch (error) {
    return showFailure(error, open);
  }
  draw({ refocus: false });
}

// Other pages lead here with an assessment or a candidate chosen.
async function takeGiven(query) {
  const [assessmentId, candidateId] = [query.get("assessmentId"), query.get("candidateId")];
  if (!assessmentId && !candidateId) return;
  draft = forget(account);
  resumed = false;
  if (assessmentId) {
    const { id, title, jobTitle, status } = await call("GET", `/api/assessments/${encodeURIComponent(assessmentId)}`);
    if (status === "ACTIVE") draft.assessment = { id, title, jobTitle };
  }
  if (candidateId) {
    const { id, name, email } = await call("GET", `/api/candidates/${encodeURIComponent(candidateId)}`);
    draft.people.push({ id, name, email, invitationEmail: email, accommodations: null });
  }
  draft.furthest = !draft.assessment ? 1 : draft.people.length === 0 ? 2 : 3;
  keep(draft);
  history.replaceState(null, "", address(draft.furthest));
}

const changed = () => {
  keep(draft);
  drawProgress();
};

// What is drawn: the step that the address asks for, if it can be reached.
function draw({ refocus = true, wrong = {} } = {}) {
  if (draft.sendings) return showSending();
  const step = Math.min(asked() || reachable(draft), reachable(draft));
  if (step !== asked()) history.replaceState(null, "", address(step));
  document.title = `${TITLES[step - 1]} · New video interview · Parley`;
  const tools = {
    changed,
    goTo: (to, found = {}) => { history.pushState(null, "", address(to)); draw({ wrong: found }); },
    next: () => proceed(step),
    send: () => { draft.sendings = {}; keep(draft); showSending(); },
  };
  const view = STEPS[step - 1](draft, tools);
  showContent(
    h("div", { class: "page-head" }, h("h1", {}, "New video interview"), resumed && h("p", { class: "muted small", id: "resumed" },
      "Continued where you left off. ", button("Start over", { class: "quiet small", id: "start-over", onclick: startOver }))),
    h("nav", { class: "progress", "aria-label": "Steps" }, h("ol", {})),
    h("section", { class: "step", "aria-labelledby": "step-title" },
      h("h2", { id: "step-title", tabindex: "-1" }, `${step}. ${TITLES[step - 1]}`),
      view.content,
      h("p", { class: "notice bad", role: "alert", id: "step-failure", hidden: true }),
      h("div", { class: "actions step-actions" },
        step > 1 && h("a", { class: "button", href: address(step - 1), id: "back" }, "Back"),
        view.submit ?? button("Continue", { class: "primary", id: "continue", onclick: tools.next }))),
  );
  drawProgress();
  view.shown?.();
  if (refocus) document.querySelector("#step-title").focus();
  window.scrollTo(0, 0);
  if (Object.keys(wrong).length > 0) complainAll(wrong);
}

function drawProgress() {
  const [now, last] = [Math.min(asked(), reachable(draft)), reachable(draft)];
  document.querySelector(".progress ol").replaceChildren(...TITLES.map((title, index) => {
    const [step, done] = [index + 1, index + 1 < last];
    const words = [h("span", { class: "number", "aria-hidden": "true" }, done && step !== now ? icon("check") : String(step)), h("span", { class: "name" }, title)];
    return h("li", {}, step <= last || step <= now
      ? h("a", { href: address(step), "aria-current": step === now ? "step" : null }, words)
      : h("span", { class: "muted" }, words));
  }));
}

function proceed(step) {
  const wrong = problems(draft, step);
  complainAll(wrong);
  if (Object.keys(wrong).length > 0) return;
  resumed = false;
  draft.furthest = Math.max(draft.furthest, step + 1);
  keep(draft);
  history.pushState(null, "", address(step + 1));
  draw();
}

// What is wrong appears beside what it concerns; what has no place there, above the buttons.
function complainAll(wrong) {
  const rest = [];
  for (const control of document.querySelectorAll(".step [aria-invalid]")) control.removeAttribute("aria-invalid");
  for (const note of document.querySelectorAll(".step .field-error")) note.hidden = true;
  for (const [name, words] of Object.entries(wrong)) {
    const [control, note] = [document.getElementById(name), document.getElementById(`${name}-error`)];
    if (!control || !note) {
      rest.push(words);
      continue;
    }
    control.setAttribute("aria-invalid", "true");
    note.textContent = words;
    note.hidden = false;
  }
  const failure = document.querySelector("#step-failure");
  failure.textContent = rest.join(" ");
  failure.hidden = rest.length === 0;
  document.querySelector(".step [aria-invalid]")?.focus();
}

function showSending() {
  history.replaceState(null, "", "/async-interviews/new?step=sent");
  document.title = "Invitations · New video interview · Parley";
  showContent(h("div", { class: "page-head" }, h("h1", {}, "New video interview")),
    sendingView(draft, {
      keep: () => keep(draft),
      change: (step, wrong) => {
        draft.people = draft.people.filter(({ id }) => !draft.sendings[id]?.interviewId);
        draft.sendings = null;
        keep(draft);
        history.pushState(null, "", address(step));
        draw({ wrong });
      },
      startOver,
    }));
  document.querySelector("#sending-title").focus();
}

function startOver() {
  draft = forget(account);
  resumed = false;
  history.pushState(null, "", address(1));
  draw();
}

// The steps' links change the address and the step, not the whole page.
followLinks(".progress a, #back, a.to-step", draw, () => { if (draft) draw(); });

open();
