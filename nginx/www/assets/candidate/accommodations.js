import { h, icon } from "../dom.js";
import { locale, t } from "../texts.js";

/** What was arranged differently for this candidate; `null` if nothing was. */
export function accommodations({ accommodations: arranged }) {
  if (!arranged) return null;
  const { timeMultiplier, untimedThinking, extraTakes, withoutMonitoring } = arranged;
  const sentences = [
    timeMultiplier > 1 && t("intro.arranged.time", { factor: new Intl.NumberFormat(locale).format(timeMultiplier) }),
    untimedThinking && t("intro.arranged.thinking"),
    extraTakes > 0 && t("intro.arranged.takes", { count: extraTakes }),
    ...withoutMonitoring.map((what) => t(`intro.arranged.${what}`)),
  ].filter(Boolean);
  if (sentences.length === 0) return null;
  return h("section", { class: "arranged", "aria-labelledby": "arranged" },
    h("h2", { id: "arranged" }, t("intro.arranged")),
    h("ul", { class: "assurances" }, sentences.map((text) => h("li", {}, icon("check"), h("span", {}, text)))));
}
