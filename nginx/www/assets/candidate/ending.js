import { button, h, icon } from "../dom.js";
import { clock, duration, moment } from "../format.js";
import { locale, t } from "../texts.js";
import { aiSentence, paragraphs, withMail } from "./intro.js";
import { allowAgain } from "./page.js";
import { isWritten } from "./way.js";

/** The last step: everything is saved, and one click submits it. */
export function finalScreen(session, submit) {
  const note = h("p", { class: "notice bad", role: "alert", hidden: true });
  const send = button(t("final.submit"), {
    id: "submit-all", class: "primary large",
    onclick: async () => {
      send.disabled = true;
      send.textContent = t("final.submitting");
      note.hidden = true;
      const failure = await submit();
      if (!failure) return;
      note.textContent = t("final.failed", { message: failure });
      note.hidden = false;
      send.textContent = t("final.submit");
      allowAgain(send);
    },
  });
  return {
    state: "final",
    title: t("final.screen"),
    content: [h("div", { class: "column narrow" },
      h("div", { class: "opening" }, h("h1", {}, t("final.title")), h("p", { class: "lead" }, t("final.lead"))),
      session.isLate() && h("p", { class: "notice caution", id: "final-late" }, t("final.late", { time: moment(session.interview.graceEndsAt, locale) })),
      h("section", { class: "card padded", "aria-label": t("final.answers") }, answerList(session)),
      note,
      h("p", { class: "notice" }, t("final.warning")),
      h("div", { class: "actions dock" }, send))],
  };
}

/** After submission: a receipt to keep, and nothing left to do. */
export function completeScreen(session) {
  const { interview } = session;
  const words = interview.outroMessage ?? t("complete.default", { organization: interview.organization.name });
  return {
    state: "complete",
    title: t("complete.screen"),
    content: [h("div", { class: "column narrow complete" },
      h("span", { class: "seal", "aria-hidden": "true" }, icon("check")),
      h("h1", {}, t("complete.title", { name: interview.candidate.name })),
      h("div", { class: "lead stack" }, paragraphs(words)),
      session.submittedLate && h("p", { class: "notice", id: "submitted-late" }, t("complete.late")),
      receipt(session),
      next(session),
      h("p", { class: "muted small" }, t("complete.close")))],
  };
}

function receipt(session) {
  const { interview } = session;
  const line = (label, value) => h("div", {}, h("dt", {}, label), h("dd", {}, value));
  return h("section", { class: "receipt card padded", "aria-labelledby": "receipt" },
    h("h2", { id: "receipt" }, t("complete.receipt")),
    h("dl", { class: "receipt-facts" },
      line(t("complete.submitted"), h("time", { datetime: interview.submittedAt }, moment(interview.submittedAt, locale))),
      line(t("complete.received"), t("complete.answers", { count: session.answers.size })),
      line(t("complete.interview"), `${interview.assessment.jobTitle}, ${interview.organization.name}`),
      line(t("complete.candidate"), interview.candidate.name)),
    answerList(session),
    h("p", { class: "actions screen-only" },
      button(t("complete.print"), { id: "print", onclick: () => window.print() }, "print")));
}

function next({ interview, consent }) {
  const { organization, contactEmail } = interview;
  return h("section", { class: "stack-tight", "aria-labelledby": "next" },
    h("h2", { id: "next" }, t("complete.next")),
    h("ol", { class: "steps" }, [
      t("complete.next.review", { organization: organization.name }),
      aiSentence(interview, consent),
      t("complete.next.decide"),
    ].map((text) => h("li", {}, text))),
    h("p", { class: "muted small" }, withMail("complete.contact", contactEmail)));
}

/** What is saved, question by question, with its length. */
export function answerList({ interview, answers }) {
  const given = interview.questions.filter(({ id }) => answers.has(id));
  return h("ol", { class: "answers" }, given.map((question) => {
    const { position, content } = question;
    const [spoken, shown] = extent(question, answers.get(question.id));
    return h("li", {}, icon("check"),
      h("span", { class: "visually-hidden" }, t("final.answer", { number: position, extent: spoken })),
      h("span", { dir: "auto" }, content),
      h("span", { class: "muted figures", "aria-hidden": "true" }, shown));
  }));
}

// How much it is, as heard and as seen.
function extent(question, answer) {
  if (!isWritten(question)) return [duration(answer.durationSeconds, locale), clock(answer.durationSeconds)];
  const count = [...answer.textAnswer].length;
  const text = t("complete.characters", { count, number: new Intl.NumberFormat(locale).format(count) });
  return [text, text];
}
