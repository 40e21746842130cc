import { h } from "../dom.js";

/** The engine's scores together, with how many there are and how far apart, competency by competency when opened. */
export function suggestedOverall({ overallScore, scored, answers, lowest, highest, competencies }) {
  if (overallScore === null) return h("span", { class: "figures" }, "none");
  const spread = (of) => (of.lowest === of.highest ? "" : `, ${of.lowest} to ${of.highest}`);
  const line = (of) => (of.averageScore === null ? `no score (${of.answers} answered)` : `${of.averageScore.toFixed(1)} of 5 (${of.scored} of ${of.answers} answers${spread(of)})`);
  return h("details", { class: "suggested-overall", id: "suggested-overall" },
    h("summary", { class: "figures" }, `${overallScore.toFixed(1)} of 5`, h("span", { class: "muted small" }, ` n ${scored}${lowest === highest ? "" : `, ${lowest}–${highest}`}`)),
    h("div", { class: "card" }, h("dl", {}, [{ competency: "Overall", averageScore: overallScore, scored, answers, lowest, highest }, ...competencies]
      .map((each) => h("div", {}, h("dt", {}, each.competency), h("dd", { class: "figures" }, line(each))))),
      h("p", { class: "small muted" }, "Suggestions only. People’s scores are combined without them.")));
}
