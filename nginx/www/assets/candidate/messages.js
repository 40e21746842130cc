import { button, h, icon } from "../dom.js";
import { language, t } from "../texts.js";
import { answerList } from "./ending.js";
import { withMail } from "./intro.js";

// Screens that say one thing: the link is not valid, the deadline has passed,
// the interview was withdrawn, a consent is missing, another page goes on, there is no connection, something
// failed.

export function invalidScreen() {
  return message("invalid", "warning", [h("p", {}, t("invalid.text"))]);
}

/** @param session whose `interview` is null if the page was opened when all was over */
export function goneScreen(session, detail) {
  const { interview, answers } = session;
  const contact = interview ? withMail("gone.contact", interview.contactEmail) : [t("gone.contactUnknown")];
  return message("gone", "clock", [
    (language !== "en" || interview || !detail) && h("p", {}, t("gone.text")),
    // The server's sentence says whom to write to, which this page does not know.
    detail && !interview && h("p", { lang: "en" }, detail),
    answers.size > 0 && h("section", { class: "card padded", "aria-labelledby": "gone-saved" },
      h("h2", { id: "gone-saved" }, t("gone.saved", { count: answers.size })), answerList(session)),
    h("p", {}, ...contact),
  ]);
}

/** @param detail the server's sentence, which says whom to write to if this page does not know it */
export function withdrawnScreen({ interview }, detail) {
  return message("withdrawn", "warning", [
    h("p", {}, t("withdrawn.text")),
    interview ? h("p", {}, ...withMail("withdrawn.contact", interview.contactEmail)) : h("p", { lang: "en" }, detail),
  ]);
}

/** Another page goes on with the interview. `kept` is whether something recorded here is not saved yet. */
export function elsewhereScreen({ kept, goOn }) {
  const again = button(t("elsewhere.goOn"), {
    id: "go-on-here", class: "primary large", onclick: () => { again.disabled = true; goOn(); },
  });
  return message("elsewhere", "elsewhere", [
    h("p", {}, t("elsewhere.text")),
    kept && h("p", { id: "elsewhere-kept" }, t("elsewhere.kept")),
    again,
  ]);
}

/** Who refused what the interview cannot do without learns whom to write to, and may think again. */
export function declinedScreen({ interview, answers }, { change, back }) {
  return message("declined", "camera", [
    h("p", {}, withMail("declined.text", interview.contactEmail)),
    h("p", { class: "muted", id: "declined-kept" }, t(answers.size > 0 ? "declined.kept" : "declined.nothing")),
    h("div", { class: "actions" },
      button(t("declined.change"), { id: "change-choices", class: "large", onclick: change }),
      button(t("declined.back"), { id: "back", class: "quiet large", onclick: back })),
  ]);
}

/** Continues by itself when the network is back. */
export function offlineScreen(again) {
  window.addEventListener("online", again, { once: true });
  return {
    ...message("offline", "offline", [
      h("p", {}, t("offline.text")),
      button(t("offline.again"), { id: "try-again", class: "primary large", onclick: again }),
    ]),
    leave: () => window.removeEventListener("online", again),
  };
}

export function failedScreen(detail, again) {
  return message("failed", "warning", [
    h("p", {}, t("failed.text", { message: detail })),
    button(t("offline.again"), { id: "try-again", class: "primary large", onclick: again }),
  ]);
}

function message(state, drawing, content) {
  return {
    state,
    title: t(`${state}.screen`),
    content: [h("div", { class: "message" }, icon(drawing), h("h1", {}, t(`${state}.title`)), content)],
  };
}
