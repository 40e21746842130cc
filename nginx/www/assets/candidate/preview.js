import { button, h } from "../dom.js";
import { Consent, consentScreen } from "./consent.js";
import { completeScreen } from "./ending.js";
import { introScreen } from "./intro.js";
import { declinedScreen } from "./messages.js";
import { nameOrganization, show, showProgress } from "./page.js";
import { language } from "../texts.js";
import { isWritten, kindOf, nextStep } from "./way.js";

// The candidate's page as a recruiter previews it, within the page that sets the
// interview up: the same screens, and everything they show comes from there. It
// asks no server and opens no camera, and its headers let it do neither.

let session = null;

window.addEventListener("message", ({ source, origin, data }) => {
  if (source === window.parent && origin === location.origin && data.interview) open(data);
});

async function open({ interview, consents }) {
  const offset = Date.parse(interview.serverTime) - Date.now();
  const consent = new Consent("", { onVideo: kindOf(interview) !== "written", ask: answers(consents) });
  await consent.load();
  session = {
    interview, consent, answers: new Map(), kept: null, elsewhere: false, submittedLate: false, devices: { stream: null },
    serverNow: () => Date.now() + offset, isLate: () => false,
  };
  nameOrganization(interview.organization.name);
  overview();
  window.parent.postMessage("shown", location.origin);
}

// Answers as the server does, and keeps what is chosen for as long as the page is shown.
function answers(consents) {
  const texts = consents.find(({ locale }) => locale === language) ?? consents[0];
  return async (method, path, body) => {
    if (method === "GET") return { ...texts, receipts: [] };
    const givenAt = new Date().toISOString();
    return { receipts: body.choices.map((choice) => ({ ...choice, version: texts.version, givenAt })) };
  };
}

function overview() {
  showProgress(null);
  show(introScreen(session, { goOn, choose: () => choices(overview), expired() {} }));
}

function goOn() {
  const step = nextStep(session);
  if (step === "choose") choices(overview);
  else if (step === "refused") declined();
  else questions();
}

function choices(chosen) {
  show(consentScreen(session.consent, { chosen: () => (session.consent.preventing ? declined() : chosen()), back: overview, fail(error) { throw error; } }));
}

function declined() {
  show(declinedScreen(session, { change: () => choices(overview), back: overview }));
}

// From here on the real page needs a camera or keeps answers.
function questions() {
  const { interview } = session;
  show({
    state: "preview",
    title: "The questions",
    content: [h("div", { class: "column narrow", lang: "en", dir: "ltr" },
      h("div", { class: "opening" }, h("h1", {}, "Here the candidate checks their devices and answers"),
        h("p", { class: "lead" }, "The preview opens no camera. These are the questions, one to a screen, each shown only when it is reached.")),
      h("ol", { class: "steps" }, interview.questions.map((question) => h("li", {}, h("span", { dir: "auto" }, question.content),
        isWritten(question) ? h("span", { class: "muted small" }, " (in writing)") : null))),
      h("div", { class: "actions" }, button("Show the last page", { id: "show-last", class: "primary large", onclick: last }),
        button("Back to the first", { id: "back", class: "quiet large", onclick: overview })))],
  });
}

// The last page with answers that take all the time there is.
function last() {
  const { interview } = session;
  const given = interview.questions.map((question) => [question.id, { durationSeconds: interview.timeLimitSeconds, textAnswer: "" }]);
  show(completeScreen({ ...session, interview: { ...interview, submittedAt: new Date(session.serverNow()).toISOString() }, answers: new Map(given) }));
}

window.parent.postMessage("ready", location.origin);
