import { button, h, icon } from "../dom.js";
import { language, t } from "../texts.js";
import { mail } from "./intro.js";

// Screens that say one thing: the link is not valid, the deadline has passed,
// there is no connection, something failed.

export function invalidScreen() {
  return message("invalid", "warning", [h("p", {}, t("invalid.text"))]);
}

/** `email` is unknown if the page was opened after the deadline. */
export function goneScreen(email, detail) {
  const [before, after] = t("gone.contact", { email: "\n" }).split("\n");
  const contact = email ? [before, mail(email), after] : [t("gone.contactUnknown")];
  return message("gone", "clock", [
    (language !== "en" || !detail) && h("p", {}, t("gone.text")),
    // The server's sentence says whom to write to even if this page does not know.
    detail && h("p", { lang: "en" }, detail),
    h("p", {}, ...contact),
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
