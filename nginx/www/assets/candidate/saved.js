import { button, h, icon } from "../dom.js";
import { t } from "../texts.js";

// What recorded and written answers have in common once they are on their way.

/** Why sending stands still and for how long; `null` if it does not. */
export function waitingLine(waiting) {
  if (!waiting) return null;
  const offline = ["Unreachable", "Interrupted"].includes(waiting.reason);
  return t(offline ? "upload.offline" : "upload.busy", { seconds: waiting.seconds });
}

/** The answer is on the server, and there is one way on. */
export function savedCard({ interview, answers }, proceed, remark = null) {
  const left = interview.questionCount - answers.size;
  return h("div", { class: "saved card padded" },
    h("span", { class: "seal", "aria-hidden": "true" }, icon("check")),
    h("h2", {}, t("saved.title")),
    remark && h("p", { id: "saved-remark" }, remark),
    h("p", { class: "muted", id: "safe-to-close" }, t("saved.safe")),
    h("div", { class: "actions" },
      button(left > 0 ? t("saved.next") : t("saved.last"), {
        id: "next-question", class: "primary large", "data-first": true, onclick: proceed,
      })),
    left > 0 && h("p", { class: "muted small" }, t("saved.nextNote", { count: left })));
}
