import { button, h, icon } from "../dom.js";
import { percent } from "../format.js";
import { locale, t } from "../texts.js";

// What recorded and written answers have in common once they are on their way.

const waitingTexts = { Unreachable: "upload.offline", Interrupted: "upload.offline", STORAGE_FULL: "upload.full" };

/** How far sending is, or why it stands still and for how long. */
export function sendingLine({ waiting, fraction = 1 }) {
  if (!waiting) return fraction < 1 ? t("upload.percent", { percent: percent(fraction, locale) }) : t("upload.finishing");
  return t(waitingTexts[waiting.reason] ?? "upload.busy", { seconds: waiting.seconds });
}

/** What is seen while an answer is sent. The line is not read out with every second that it counts: `announce` what matters. */
export function sendingCard(lasting, line, bar = null) {
  return h("div", { class: "sending card padded" },
    h("h2", { tabindex: "-1", "data-first": true }, t("upload.title")), bar, line,
    h("p", { class: "muted small" }, t(lasting ? "upload.keepOpenLasting" : "upload.keepOpen")));
}

/** The answer is on the server, and there is one way on. */
export function savedCard({ interview, answers }, proceed, remark = null) {
  const left = interview.questionCount - answers.size;
  const next = button(left > 0 ? t("saved.next") : t("saved.last"), {
    id: "next-question", class: "primary large", "data-first": true, onclick: () => { next.disabled = true; proceed(); },
  });
  return h("div", { class: "saved card padded" },
    h("span", { class: "seal", "aria-hidden": "true" }, icon("check")),
    h("h2", {}, t("saved.title")),
    remark && h("p", { id: "saved-remark" }, remark),
    h("p", { class: "muted", id: "safe-to-close" }, t("saved.safe")),
    h("div", { class: "actions" }, next),
    left > 0 && h("p", { class: "muted small" }, t("saved.nextNote", { count: left })));
}
