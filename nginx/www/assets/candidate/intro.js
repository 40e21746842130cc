import { button, h, icon } from "../dom.js";
import { duration, moment } from "../format.js";
import { locale, t } from "../texts.js";
import { accommodations } from "./accommodations.js";
import { film } from "./film.js";
import { allowAgain } from "./page.js";
import { isWritten, kindOf, nextStep } from "./way.js";

/**
 * What the interview is, before anything is asked for.
 *
 * @param session with `elsewhere`: whether another page may be open that holds the interview
 * @param then {goOn(): a sentence if it did not work, choose(), expired()}
 */
export function introScreen(session, then) {
  const { interview } = session;
  const step = nextStep(session);
  const deadline = deadlineFact(session, then.expired);
  return {
    state: "intro",
    title: t("intro.screen"),
    leave: deadline.stop,
    content: [
      h("div", { class: "intro column" },
        h("div", { class: "opening" },
          h("h1", {}, t(`intro.title.${kindOf(interview)}`, { role: interview.assessment.jobTitle })),
          h("p", { class: "lead" }, `${t("intro.greeting", { name: interview.candidate.name })} `, lead(session, step)),
          session.elsewhere && h("p", { class: "notice caution", id: "open-elsewhere" }, t("intro.elsewhere"))),
        h("div", { class: "aside" },
          facts(interview, deadline.element),
          h("div", { class: "actions dock" }, ...wayOn(session, step, then))),
        interview.introMessage && message(interview),
        accommodations(interview),
        h("section", { "aria-labelledby": "data" },
          h("h2", { id: "data" }, t("intro.data")),
          h("ul", { class: "assurances" },
            assurances(session).map((text) => h("li", {}, icon("check"), h("span", {}, text)))),
          step !== "choose" && !session.isLate() && h("p", {}, button(t("intro.choices"), { id: "your-choices", onclick: then.choose }))),
        kindOf(interview) !== "written" && film(),
        h("p", { class: "muted small help" }, `${t("intro.help")} ${t("intro.helpWrite")} `, mail(interview.contactEmail), ".")),
    ],
  };
}

const WAYS = {
  choose: ["continue", "intro.continue", "intro.continueNote"],
  refused: ["continue", "intro.continue", null],
  review: ["review-kept", "intro.review", "intro.reviewNote"],
  finish: ["go-to-final", "intro.finish", null],
  check: ["check-devices", "intro.check", "intro.checkNote"],
  begin: ["begin", "check.begin", "intro.beginNote"],
  late: ["finish-begun", "intro.lateFinish", null],
};

function wayOn(session, step, { goOn }) {
  const { interview } = session;
  const [id, label, usual] = WAYS[step];
  const noteKey = session.isLate() ? null : usual;
  const note = h("span", { class: "muted small", role: "status" }, noteKey && t(noteKey));
  const go = button(step === "begin" && interview.startedAt ? t("check.continue") : t(label), {
    id, class: "primary large",
    onclick: async () => {
      go.disabled = true;
      const failure = await goOn();
      if (!failure) return;
      note.textContent = failure;
      allowAgain(go);
    },
  });
  return [go, note];
}

function lead(session, step) {
  const { interview, answers, kept } = session;
  if (session.isLate()) return t("intro.leadLate", { time: moment(interview.graceEndsAt, locale) });
  if (step === "finish") return t("intro.leadDone");
  if (kept) return t("intro.leadKept", { number: interview.questions.find(({ id }) => id === kept.questionId).position });
  if (answers.size > 0) return t("intro.leadBack", { answered: answers.size, count: interview.questionCount });
  return t(`intro.lead.${kindOf(interview)}`, { organization: interview.organization.name });
}

export function mail(address) {
  return h("a", { href: `mailto:${address}` }, address);
}

/** The text of a key with a place `{email}`, in which the address can be clicked. */
export function withMail(key, address) {
  const [before, after] = t(key, { email: "\n" }).split("\n");
  return [before, mail(address), after];
}

function facts(interview, deadline) {
  const { questions, questionCount, timeLimitSeconds, retakesAllowed, estimatedSeconds } = interview;
  const written = questions.filter(isWritten).length;
  const takes = retakesAllowed === 0
    ? [t("intro.takesNone"), t("intro.takesNoteNone")]
    : [t("intro.takes", { count: retakesAllowed }), t("intro.takesNote")];
  return h("section", { "aria-labelledby": "facts" },
    h("h2", { id: "facts", class: "visually-hidden" }, t("intro.facts")),
    h("ul", { class: "facts card" },
      fact("question", t("intro.questions", { count: questionCount }),
        written > 0 && written < questionCount ? t("intro.written", { count: written }) : t("intro.questionsNote")),
      fact(written === questionCount ? "pen" : "camera",
        t("intro.time", { duration: duration(timeLimitSeconds, locale) }), thinking(interview)),
      written < questionCount && fact("retake", ...takes),
      fact("clock", t("intro.total", { duration: duration(Math.ceil(estimatedSeconds / 60) * 60, locale) }), t("intro.totalNone")),
      deadline));
}

function thinking(interview) {
  if (interview.untimedThinking) return t("intro.timeNoteUntimed");
  if (interview.thinkTimeSeconds > 0) return t("intro.timeNote", { duration: duration(interview.thinkTimeSeconds, locale) });
  return t(kindOf(interview) === "video" ? "intro.timeNoteNone" : "intro.timeNoteRuns");
}

function fact(name, title, note) {
  return h("li", {}, icon(name), h("div", {}, h("strong", {}, title), h("span", { class: "muted small" }, note)));
}

// Who sees the answers, what software does with them, and what the page notes.
function assurances({ interview, consent }) {
  const organization = interview.organization.name;
  return [
    t("intro.data.who", { organization }),
    aiSentence(interview, consent),
    t(`intro.data.monitor.${chosen(consent.granted("MONITORING"))}`),
    t(kindOf(interview) === "written" ? "intro.data.keepText" : "intro.data.keep"),
  ];
}

const chosen = (granted) => (granted === null ? "open" : granted ? "agreed" : "declined");

/** What AI does with the answers, as the candidate chose. */
export function aiSentence(interview, consent) {
  const kind = kindOf(interview);
  const [transcription, analysis] = ["TRANSCRIPTION", "ANALYSIS"].map((purpose) => consent.granted(purpose));
  if (analysis === null || (kind !== "written" && transcription === null)) return t(kind === "written" ? "intro.data.ai.openText" : "intro.data.ai.open");
  if (kind === "written") return t(analysis ? "intro.data.ai.text" : "intro.data.ai.none");
  if (transcription) return t(analysis ? "intro.data.ai.both" : "intro.data.ai.transcript");
  return t(analysis && kind === "mixed" ? "intro.data.ai.text" : "intro.data.ai.none");
}

// Counts down live; the server's clock decides, not the device's.
function deadlineFact(session, expired) {
  const { deadlineAt } = session.interview;
  const left = h("strong", { class: "figures", id: "deadline-countdown" });
  const element = h("li", {}, icon("calendar"), h("div", {}, left,
    h("time", { class: "muted small", datetime: deadlineAt }, moment(deadlineAt, locale))));
  if (session.isLate()) {
    left.textContent = t("intro.deadlinePassed");
    return { element, stop() {} };
  }
  let timer = 0;
  const update = () => {
    if (session.isLate()) {
      clearInterval(timer);
      return expired();
    }
    const seconds = (Date.parse(deadlineAt) - session.serverNow()) / 1000;
    // A number that moves is only of use when it is near.
    const rounded = seconds > 86400 ? Math.floor(seconds / 3600) * 3600 : seconds > 3600 ? Math.floor(seconds / 60) * 60 : Math.floor(seconds);
    const text = t("intro.deadline", { duration: duration(rounded, locale) });
    if (left.textContent !== text) left.textContent = text;
  };
  update();
  timer = setInterval(update, 1000);
  return { element, stop: () => clearInterval(timer) };
}

function message(interview) {
  return h("figure", { class: "quote" },
    h("figcaption", {}, t("intro.message", { organization: interview.organization.name })),
    h("blockquote", {}, paragraphs(interview.introMessage)));
}

/** A recruiter's plain text as paragraphs. */
export function paragraphs(text) {
  return text.split(/\n{2,}/).map((part) => h("p", { dir: "auto" }, part.trim()));
}
