import { button, h, icon } from "../dom.js";
import { clock, moment } from "../format.js";
import { locale, t } from "../texts.js";
import { paragraphs } from "./intro.js";

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
      send.disabled = false;
      send.textContent = t("final.submit");
    },
  });
  return {
    state: "final",
    title: t("final.screen"),
    content: [h("div", { class: "column narrow" },
      h("div", { class: "opening" }, h("h1", {}, t("final.title")), h("p", { class: "lead" }, t("final.lead"))),
      h("section", { class: "card padded", "aria-label": t("final.answers") }, answerList(session)),
      note,
      h("p", { class: "notice" }, t("final.warning")),
      h("div", { class: "actions dock" }, send))],
  };
}

/** After submission: proof of it, and nothing left to do. */
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
      h("dl", { class: "receipt card" },
        h("div", {}, h("dt", {}, t("complete.submitted")),
          h("dd", {}, h("time", { datetime: interview.submittedAt }, moment(interview.submittedAt, locale)))),
        h("div", {}, h("dt", {}, t("complete.received")),
          h("dd", {}, t("complete.answers", { count: session.answers.size })))),
      h("p", { class: "muted small" }, t("complete.close")))],
  };
}

function answerList(session) {
  return h("ol", { class: "answers" }, session.interview.questions.map(({ id, position, content }) => {
    const length = clock(session.answers.get(id).durationSeconds);
    return h("li", {}, icon("check"),
      h("span", { class: "visually-hidden" }, t("final.answer", { number: position, duration: length })),
      h("span", {}, content),
      h("span", { class: "muted figures", "aria-hidden": "true" }, length));
  }));
}
