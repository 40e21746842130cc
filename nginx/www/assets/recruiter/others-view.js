import { h } from "../dom.js";

/**
 * What others gave for an answer, once one's own score is saved; before that,
 * how many have scored it and nothing else.
 *
 * @param scope what ids begin with, where a page shows several answers
 */
export function othersView({ evaluations, scoreLedger }, response, userId, scope = "") {
  const { othersScored, isBlind, questionId } = response;
  if (othersScored === 0) return h("p", { class: "small muted", id: `${scope}others` }, "Nobody else has scored this answer.");
  if (isBlind) {
    return h("p", { class: "notice", id: `${scope}others` },
      `${othersScored} ${othersScored === 1 ? "other has" : "others have"} scored this answer. Shown after you score.`);
  }
  const others = evaluations.filter((each) => each.questionId === questionId && each.evaluatorId !== userId);
  return h("section", { id: `${scope}others`, "aria-labelledby": `${scope}others-title` }, h("h3", { id: `${scope}others-title` }, "Others’ scores"),
    h("ul", { class: "others" }, others.map(({ evaluatorId, evaluatorName, score, notes }) => {
      const said = scoreLedger.findLast((entry) => entry.questionId === questionId && entry.evaluatorId === evaluatorId);
      return h("li", {}, h("span", { class: "figures given" }, h("span", { class: "visually-hidden" }, "Score "), String(score)),
        h("div", {}, h("b", {}, evaluatorName), notes && h("p", { class: "small" }, notes),
          said?.reason && h("p", { class: "small muted" }, `Not the suggested ${said.suggested}: ${said.reason}`)));
    })));
}
