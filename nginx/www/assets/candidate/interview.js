import { call, Problem, Unreachable } from "../api.js";
import { Captures } from "../capture.js";
import { explain, t } from "../texts.js";
import { deviceCheckScreen } from "./device-check.js";
import { Devices, enterFullscreen, leaveFullscreen } from "./devices.js";
import { completeScreen, finalScreen } from "./ending.js";
import { introScreen } from "./intro.js";
import { failedScreen, goneScreen, invalidScreen, offlineScreen } from "./messages.js";
import { Monitor } from "./monitor.js";
import { nameOrganization, setPath, show, showProgress } from "./page.js";
import { offerPractice, practise } from "./practice.js";
import { QuestionScreen } from "./question.js";

// The candidate's way through the interview. The token stays in the address and
// the server knows what has been answered; the browser keeps only a take that
// has not been saved yet.

const token = location.pathname.split("/")[2] ?? "";
const address = `/api/candidate/interview/${encodeURIComponent(token)}`;

/** The one place where the page's state lives. */
const session = {
  address,
  interview: null,
  answers: new Map(), // questionId → saved response
  retakes: new Map(), // questionId → retakes used before a device failed
  captures: await Captures.open(address, token),
  kept: null, // a take from before the page was closed
  devices: new Devices(),
  proved: false, // whether a test with these devices arrived and was found good
  practice: null, // see QuestionScreen
  practiceOffered: false,
  monitor: new Monitor(address),
  clockOffset: 0,
  serverNow: () => Date.now() + session.clockOffset,
};

async function open() {
  try {
    take(await call("GET", address));
  } catch (error) {
    return fail(error);
  }
  session.kept ??= await session.captures.unfinished(isOpen);
  if (session.interview.readOnly) return showComplete();
  showIntro();
}

function take(interview) {
  session.interview = interview;
  session.clockOffset = Date.parse(interview.serverTime) - Date.now();
  session.answers = new Map(interview.responses
    .filter(({ status }) => status === "SUBMITTED")
    .map((response) => [response.questionId, response]));
  nameOrganization(interview.organization.name);
}

// Whether an answer to the question can still be given.
function isOpen(questionId) {
  const { interview, answers } = session;
  return !interview.readOnly && !answers.has(questionId) && interview.questions.some(({ id }) => id === questionId);
}

// What cannot be gone on with becomes a screen that says why and what to do.
function fail(error) {
  if (error instanceof Unreachable) return show(offlineScreen(open));
  if (!(error instanceof Problem)) {
    show(failedScreen(explain(error), open));
    throw error;
  }
  if (error.status === 401 || error.status === 404) return show(invalidScreen());
  if (error.status === 410) return showGone(error.message);
  if (error.status === 409) return open(); // Submitted elsewhere: show what is true now.
  show(failedScreen(explain(error), open));
}

function showGone(detail = null) {
  end();
  show(goneScreen(session.interview?.contactEmail ?? null, detail));
}

function showIntro() {
  showProgress(null);
  setPath("");
  show(introScreen(session, { check: showDeviceCheck, review: showKept, finish: showFinal, expired: () => showGone() }));
}

function showDeviceCheck() {
  setPath("/start");
  const screen = deviceCheckScreen(session, {
    begin: () => (mayPractise() && !session.practiceOffered ? showPractice(offerPractice) : begin()),
    practise: mayPractise() && session.practiceOffered ? () => showPractice(practise) : null,
    back: () => { session.devices.close(); showIntro(); },
    fail,
  });
  show(screen);
  screen.opened();
}

// Until the first question was opened.
function mayPractise() {
  return session.interview.startedAt === null;
}

function showPractice(open) {
  session.practiceOffered = true;
  setPath("/practice");
  open(session, { begin, check: showDeviceCheck });
}

// Returns a sentence if it did not work.
async function begin() {
  const fullscreen = enterFullscreen(); // First of all: it needs the click.
  try {
    if (!session.interview.startedAt) {
      const { status, startedAt } = await call("POST", `${address}/start`);
      Object.assign(session.interview, { status, startedAt });
    }
  } catch (error) {
    await fullscreen;
    await leaveFullscreen();
    if (error instanceof Unreachable) return t("offline.title");
    fail(error);
    return null;
  }
  await fullscreen;
  showQuestion();
  return null;
}

function firstUnanswered() {
  return session.interview.questions.find(({ id }) => !session.answers.has(id));
}

function showQuestion() {
  const question = firstUnanswered();
  if (!question) return showFinal();
  ask(question);
}

// The take that was kept is looked at without camera and microphone.
function showKept() {
  const { kept } = session;
  session.kept = null;
  ask(session.interview.questions.find(({ id }) => id === kept.questionId), kept);
}

function ask(question, kept = null) {
  setPath(`/question/${question.position}`);
  showProgress(question.position, session.interview.questionCount);
  session.monitor.watch(question);
  new QuestionScreen(session, question, {
    saved: (response) => session.answers.set(question.id, response),
    proceed,
    deviceFault: (retakesUsed) => {
      session.retakes.set(question.id, retakesUsed);
      showDeviceCheck();
    },
    fail: (error) => { end(); fail(error); },
  }).open(kept);
}

async function proceed() {
  if (!firstUnanswered()) await leaveFullscreen();
  else if (!session.devices.stream) return showDeviceCheck();
  else await enterFullscreen();
  showQuestion();
}

function showFinal() {
  session.devices.close();
  session.monitor.stop();
  showProgress(null);
  setPath("/complete");
  show(finalScreen(session, submit));
}

// Returns a sentence if it did not work.
async function submit() {
  try {
    Object.assign(session.interview, await call("POST", `${address}/submit`));
  } catch (error) {
    if (error instanceof Unreachable) return t("offline.title") + ".";
    if (error instanceof Problem && [401, 409, 410].includes(error.status)) {
      fail(error);
      return null;
    }
    return explain(error);
  }
  showComplete();
  return null;
}

function showComplete() {
  end();
  showProgress(null);
  setPath("/complete");
  show(completeScreen(session));
}

function end() {
  session.devices.close();
  session.monitor.stop();
  leaveFullscreen();
}

open();
