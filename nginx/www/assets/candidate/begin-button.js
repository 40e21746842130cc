import { button, h } from "../dom.js";
import { t } from "../texts.js";
import { canFullscreen } from "./devices.js";
import { allowAgain } from "./page.js";

/**
 * The button that begins the interview, with a note beside it: what comes next,
 * or why it did not work.
 *
 * @param begin returns a sentence if it did not work
 */
export function beginButton(session, begin) {
  const usual = canFullscreen() && session.fullscreen ? t("check.beginNote") : "";
  const note = h("span", { class: "muted small", role: "status" }, usual);
  const element = button(session.interview.startedAt ? t("check.continue") : t("check.begin"), {
    id: "begin", class: "primary large", "data-first": true,
    onclick: async () => {
      element.disabled = true;
      note.textContent = t("check.starting");
      const failure = await begin();
      if (!failure) return;
      note.textContent = failure;
      allowAgain(element);
    },
  });
  /** Allows it, or says why not yet. */
  const allow = (allowed) => {
    element.disabled = !allowed;
    note.textContent = allowed ? usual : t("check.confirmFirst");
  };
  return { element, note, allow };
}
