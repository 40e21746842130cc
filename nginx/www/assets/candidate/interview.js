import { call, isPassing, Problem, Unreachable } from "../api.js";
import { Captures, RemoteTake } from "../capture.js";
import { Ledger } from "../ledger.js";
import { explain, t } from "../texts.js";
import { Consent, consentScreen } from "./consent.js";
import { deviceCheckScreen } from "./device-check.js";
import { Devices, enterFullscreen, leaveFullscreen } from "./devices.js";
import { completeScreen, finalScreen } from "./ending.js";
import { introScreen } from "./intro.js";
import { declinedScreen, elsewhereScreen, failedScreen, goneScreen, invalidScreen, offlineScreen, withdrawnScreen } from "./messages.js";
import { Monitor } from "./monitor.js";
import { nameOrganization, setPath, show, showProgress } from "./page.js";
import { newSession, Pages } from "./pages.js";
import { offerPractice, practise } from "./practice.js";
import { QuestionScreen } from "./question.js";
import { firstUnanswered, isWritten, kindOf, nextStep } from "./way.js";
import { WritingScreen } from "./writing.js";

// The candidate's way through the interview. The token stays in the address and
// the server knows what has been answered; the browser keeps only what has not
// been saved yet.

const token = location.pathname.split("/")[2] ?? "";
const address = `/api/candidate/interview/${encodeURIComponent(token)}`;
const page = newSession();
const CHECK_MS = 30_000;
const TELL_MS = 10_000;

const ledger = new Ledger({
  session: page,
  post: (path, body) => call("POST", address + path, body),
  isPassing,
  refused: (error) => leave(error),
  now: () => performance.now(),
  sleep: (ms) => new Promise((resolve) => { setTimeout(resolve, ms); }),
});

/** The one place where the page's state lives. */
const session = {
  address,
  page, // this page's UUID
  interview: null,
  consent: null,
  answers: new Map(), // questionId → saved response
  ledger,
  captures: await Captures.open(address, token, ledger),
  kept: null, // a take from before the page was closed
  screen: null, // the question that is open
  elsewhere: false, // whether another page may be open that holds the interview
  submittedLate: false,
  devices: new Devices(),
  proved: false, // whether a test with these devices arrived and was found good
  practice: null, // see QuestionScreen
  practiceOffered: false,
  clockOffset: 0,
  serverNow: () => Date.now() + session.clockOffset,
  isLate: () => session.serverNow() >= Date.parse(session.interview.deadlineAt),
  monitor: { watch() {}, async stop() {}, report() {} }, // until the candidate has chosen
  /** Whether the candidate is to stay in fullscreen while recording. */
  get fullscreen() { return session.consent.granted("MONITORING") !== false && !spared().includes("FULLSCREEN"); },
};
let monitored = null;

// What an accommodation spares the candidate.
const spared = () => session.interview.accommodations?.withoutMonitoring ?? [];

// A new monitor when the candidate has chosen otherwise than before.
function watchAsChosen() {
  const enabled = session.consent.granted("MONITORING");
  if (enabled === null || enabled === monitored) return;
  session.monitor.stop();
  session.monitor = new Monitor(address, { session: monitored === null ? page : newSession(), without: spared(), enabled });
  monitored = enabled;
}

const pages = await Pages.open(session.captures.place, page);
pages.ontaken = () => { if (session.screen) showElsewhere(); };
window.addEventListener("online", () => ledger.retry());
setInterval(() => ledger.check(), CHECK_MS);

/** @param then what to show once the interview is loaded and can be gone on with */
async function open(then = showOverview) {
  session.screen = null;
  try {
    const interview = await call("GET", address);
    const consent = new Consent(address, { onVideo: kindOf(interview) !== "written" });
    await consent.load();
    take(interview, consent);
  } catch (error) {
    return fail(error);
  }
  if (session.kept && !isOpen(session.kept.questionId)) {
    session.kept.discard();
    session.kept = null;
  }
  session.kept ??= await session.captures.unfinished(isOpen);
  session.elsewhere = await pages.isElsewhere(session.interview.activePage);
  if (session.interview.readOnly) return showComplete();
  then();
}

const again = () => open();

// After the deadline nothing is begun any more.
function showOverview() {
  if (!session.isLate()) return showIntro();
  if (!session.interview.startedAt) return showGone();
  return firstUnanswered(session) ? showIntro() : showFinal();
}

function take(interview, consent) {
  Object.assign(session, { interview, consent });
  session.clockOffset = Date.parse(interview.serverTime) - Date.now();
  session.answers = new Map(interview.responses
    .filter(({ status }) => status === "SUBMITTED")
    .map((response) => [response.questionId, response]));
  nameOrganization(interview.organization.name);
  if (!interview.readOnly) watchAsChosen();
}

// Whether an answer to the question can still be given.
function isOpen(questionId) {
  const { interview, answers } = session;
  return !interview.readOnly && !answers.has(questionId) && interview.questions.some(({ id }) => id === questionId);
}

// What cannot be gone on with becomes a screen that says why and what to do.
function fail(error) {
  if (error instanceof Unreachable) return show(offlineScreen(again));
  if (!(error instanceof Problem)) {
    show(failedScreen(explain(error), again));
    throw error;
  }
  if (error.code === "TAKEN_OVER") return showElsewhere();
  if (error.status === 401 || error.status === 404) return show(invalidScreen());
  if (error.members.reason === "WITHDRAWN") return showEnd(withdrawnScreen(session, error.message));
  if (error.status === 410) return showGone(error.message);
  if (error.status === 409) return open(); // Answered or submitted elsewhere: show what is true now.
  show(failedScreen(explain(error), again));
}

// A question that cannot be gone on with.
function leave(error) {
  if (error.code !== "TAKEN_OVER") end();
  fail(error);
}

// By the clock the deadline has passed. It may have been moved since, or the clock of the device.
async function expire(otherwise = showGone) {
  try {
    const { deadlineAt, serverTime } = await call("GET", address);
    if (Date.parse(serverTime) < Date.parse(deadlineAt)) return open();
  } catch (error) {
    if (!(error instanceof Problem) && !(error instanceof Unreachable)) throw error;
  }
  otherwise();
}

function showGone(detail = null) {
  showEnd(goneScreen(session, detail));
}

function showEnd(screen) {
  end();
  showProgress(null);
  show(screen);
}

// What was recorded here stays, and can be used after coming back.
async function showElsewhere() {
  const { screen } = session;
  if (!screen) return;
  session.screen = null;
  session.kept = await screen.leave();
  end();
  showProgress(null);
  show(elsewhereScreen({ kept: session.kept !== null, goOn: () => open(goOn) }));
}

function showIntro() {
  showProgress(null);
  setPath("");
  show(introScreen(session, { goOn, choose: () => showConsent(showIntro), expired: () => expire(showOverview) }));
}

// Returns a sentence if it did not work.
function goOn() {
  const ways = { choose: () => showConsent(goOnAsChosen), refused: showDeclined, review: showKept, finish: showFinal, check: showDeviceCheck, begin, late: showQuestion };
  return ways[nextStep(session)]();
}

// Choosing begins nothing: where no camera has to be opened first, the way leads over the overview.
function goOnAsChosen() {
  return nextStep(session) === "begin" ? showIntro() : goOn();
}

function showConsent(chosen) {
  setPath("/choices");
  show(consentScreen(session.consent, {
    chosen: () => {
      watchAsChosen();
      if (session.consent.preventing) showDeclined();
      else chosen();
    },
    back: showIntro,
    fail,
  }));
}

function showDeclined() {
  session.devices.close();
  show(declinedScreen(session, { change: () => showConsent(goOnAsChosen), back: showIntro }));
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
  // First of all: it needs the click.
  const fullscreen = isWritten(firstUnanswered(session)) ? null : goFullscreen();
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

const goFullscreen = () => (session.fullscreen ? enterFullscreen() : null);

function showQuestion() {
  const question = firstUnanswered(session);
  if (!question) return showFinal();
  ask(question);
}

// The take that was kept is looked at without camera and microphone.
function showKept() {
  const { kept } = session;
  session.kept = null;
  ask(session.interview.questions.find(({ id }) => id === kept.questionId), kept);
}

async function ask(question, kept = null) {
  const again = () => ask(question, kept);
  let opened;
  try {
    opened = await ledger.open(question.id);
  } catch (error) {
    if (error instanceof Unreachable) return show(offlineScreen(again));
    return isPassing(error) ? show(failedScreen(explain(error), again)) : fail(error);
  }
  pages.take();
  session.clockOffset = Date.parse(opened.serverTime) - Date.now();
  const take = known(question, kept, opened);
  if (session.isLate() && !take && !isWritten(question)) return expire();
  setPath(`/question/${question.position}`);
  showProgress(question.position, session.interview.questionCount);
  session.monitor.watch(question);
  session.screen = screenOf(question);
  session.screen.open({ opened, kept: take });
}

// The take to look at first: the newest, which this device may hold itself.
function known(question, kept, { keptTake }) {
  if (kept && keptTake && keptTake.takeId !== kept.id) kept.discard();
  else if (kept) {
    tell(kept);
    return kept;
  }
  return keptTake && new RemoteTake(address, question.id, keptTake);
}

// The page that recorded it may have been closed before the server heard of it.
function tell({ id: takeId, questionId, begunAt, wasCutOff, durationSeconds }) {
  ledger.begin({ takeId, questionId, at: performance.now() - (Date.now() - begunAt) });
  ledger.end({ takeId, outcome: wasCutOff ? "INTERRUPTED" : "RECORDED", durationSeconds });
}

function screenOf(question) {
  const Screen = isWritten(question) ? WritingScreen : QuestionScreen;
  return new Screen(session, question, {
    saved: (response) => {
      session.answers.set(question.id, response);
      session.monitor.stop(); // Between questions nobody is watched: the page may be left, and closed.
      if (session.isLate()) setTimeout(proceed); // There is nothing more to decide.
    },
    proceed,
    deviceFault: () => { session.screen = null; showDeviceCheck(); },
    gone: () => expire(),
    fail: leave,
  });
}

async function proceed() {
  const question = firstUnanswered(session);
  if (session.isLate()) return expire(question ? showGone : submitLate);
  if (!question) await leaveFullscreen();
  else if (isWritten(question)) return showQuestion();
  else if (!session.devices.stream) return showDeviceCheck();
  else await goFullscreen();
  showQuestion();
}

// Whoever answered everything is not to lose it for a last click.
async function submitLate() {
  session.submittedLate = true;
  if (await submit()) showFinal();
}

function showFinal() {
  session.devices.close();
  session.monitor.stop();
  showProgress(null);
  setPath("/complete");
  show(finalScreen(session, submit));
}

// After submission nothing that was noticed is taken any more. It does not hold up the answers for long.
function tellNoticed() {
  return Promise.race([session.monitor.stop(), new Promise((resolve) => { setTimeout(resolve, TELL_MS); })]);
}

// Returns a sentence if it did not work.
async function submit() {
  await tellNoticed();
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
  session.screen = null;
  ledger.close();
  session.devices.close();
  session.monitor.stop();
  leaveFullscreen();
}

open();
