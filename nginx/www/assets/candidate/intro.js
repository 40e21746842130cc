import { button, h, icon } from "../dom.js";
import { duration, moment } from "../format.js";
import { locale, t } from "../texts.js";

/** What the interview is, before anything is asked for. */
export function introScreen(session, { check, review, finish, expired }) {
  const { interview } = session;
  const answered = session.answers.size;
  const done = answered === interview.questionCount;
  const kept = session.kept && interview.questions.find(({ id }) => id === session.kept.questionId);
  const deadline = deadlineFact(session, expired);
  return {
    state: "intro",
    title: t("intro.screen"),
    leave: deadline.stop,
    content: [
      h("div", { class: "intro column" },
        h("div", { class: "opening" },
          h("h1", {}, t("intro.title", { role: interview.assessment.jobTitle })),
          h("p", { class: "lead" }, `${t("intro.greeting", { name: interview.candidate.name })} `,
            lead(interview, answered, done, kept))),
        h("div", { class: "aside" },
          facts(interview, deadline.element),
          h("div", { class: "actions dock" }, ...wayOn({ kept, done, check, review, finish }))),
        interview.introMessage && message(interview),
        h("section", { "aria-labelledby": "recordings" },
          h("h2", { id: "recordings" }, t("intro.recordings")),
          h("ul", { class: "assurances" },
            ["who", "ai", "monitor", "keep"].map((key) => h("li", {}, icon("check"),
              h("span", {}, t(`intro.recordings.${key}`, { organization: interview.organization.name })))))),
        h("p", { class: "muted small help" }, `${t("intro.help")} ${t("intro.helpWrite")} `, mail(interview.contactEmail), ".")),
    ],
  };
}

function wayOn({ kept, done, check, review, finish }) {
  const way = (key, attributes) => button(t(key), { class: "primary large", ...attributes });
  const note = (key) => h("span", { class: "muted small" }, t(key));
  if (kept) return [way("intro.review", { id: "review-kept", onclick: review }), note("intro.reviewNote")];
  if (done) return [way("intro.finish", { id: "go-to-final", onclick: finish })];
  return [way("intro.check", { id: "check-devices", onclick: check }), note("intro.checkNote")];
}

function lead(interview, answered, done, kept) {
  if (kept) return t("intro.leadKept", { number: kept.position });
  if (done) return t("intro.leadDone");
  if (answered > 0) return t("intro.leadBack", { answered, count: interview.questionCount });
  return t("intro.lead", { organization: interview.organization.name });
}

export function mail(address) {
  return h("a", { href: `mailto:${address}` }, address);
}

function facts(interview, deadline) {
  const { questionCount, timeLimitSeconds, thinkTimeSeconds, retakesAllowed, estimatedSeconds } = interview;
  const takes = retakesAllowed === 0
    ? [t("intro.takesNone"), t("intro.takesNoteNone")]
    : [t("intro.takes", { count: retakesAllowed }), t("intro.takesNote")];
  return h("section", { "aria-labelledby": "facts" },
    h("h2", { id: "facts", class: "visually-hidden" }, t("intro.facts")),
    h("ul", { class: "facts card" },
      fact("question", t("intro.questions", { count: questionCount }), t("intro.questionsNote")),
      fact("camera", t("intro.time", { duration: duration(timeLimitSeconds, locale) }), thinkTimeSeconds > 0
        ? t("intro.timeNote", { duration: duration(thinkTimeSeconds, locale) })
        : t("intro.timeNoteNone")),
      fact("retake", ...takes),
      fact("clock", t("intro.total", { duration: duration(Math.ceil(estimatedSeconds / 60) * 60, locale) }), t("intro.totalNone")),
      deadline));
}

function fact(name, title, note) {
  return h("li", {}, icon(name), h("div", {}, h("strong", {}, title), h("span", { class: "muted small" }, note)));
}

// Counts down live; the server's clock decides, not the device's.
function deadlineFact(session, expired) {
  const { deadlineAt } = session.interview;
  const left = h("strong", { class: "figures", id: "deadline-countdown" });
  const element = h("li", {}, icon("calendar"), h("div", {}, left,
    h("time", { class: "muted small", datetime: deadlineAt }, moment(deadlineAt, locale))));
  const update = () => {
    const seconds = (Date.parse(deadlineAt) - session.serverNow()) / 1000;
    if (seconds <= 0) return expired();
    // A number that moves is only of use when it is near.
    const rounded = seconds > 86400 ? Math.floor(seconds / 3600) * 3600 : seconds > 3600 ? Math.floor(seconds / 60) * 60 : Math.floor(seconds);
    const text = t("intro.deadline", { duration: duration(rounded, locale) });
    if (left.textContent !== text) left.textContent = text;
  };
  update();
  const timer = setInterval(update, 1000);
  return { element, stop: () => clearInterval(timer) };
}

function message(interview) {
  return h("figure", { class: "quote" },
    h("figcaption", {}, t("intro.message", { organization: interview.organization.name })),
    h("blockquote", {}, paragraphs(interview.introMessage)));
}

/** A recruiter's plain text as paragraphs. */
export function paragraphs(text) {
  return text.split(/\n{2,}/).map((part) => h("p", {}, part.trim()));
}
