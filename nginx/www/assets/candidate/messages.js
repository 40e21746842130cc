import { button, h, icon } from "../dom.js";
import { language, t } from "../texts.js";
import { withMail } from "./intro.js";

// Screens that say one thing: the link is not valid, the deadline has passed,
// a consent is missing, there is no connection, something failed.

export function invalidScreen() {
  return message("invalid", "warning", [h("p", {}, t("invalid.text"))]);
}

/** `email` is unknown if the page was opened after the deadline. */
export function goneScreen(email, detail) {
  const contact = email ? withMail("gone.contact", email) : [t("gone.contactUnknown")];
  return message("gone", "clock", [
    (language !== "en" || !detail) && h("p", {}, t("gone.text")),
    // The server's sentence says whom to write to even if this page does not know.
    detail && h("p", { lang: "en" }, detail),
    h("p", {}, ...contact),
  ]);
}

/** Who refused what the interview cannot do without learns whom to write to, and may think again. */
export function declinedScreen(email, { change, back }) {
  return message("declined", "camera", [
    h("p", {}, withMail("declined.text", email)),
    h("p", { class: "muted" }, t("declined.nothing")),
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
