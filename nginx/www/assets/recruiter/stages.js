import { h } from "../dom.js";

/** How far a candidate has come: the server's words as people read them. */
export const stages = {
  APPLIED: ["Applied", ""],
  SCREENING: ["Screening", "accent"],
  INTERVIEW: ["Interview", "caution"],
  OFFER: ["Offer", "good"],
  HIRED: ["Hired", "good"],
  REJECTED: ["Rejected", ""],
};

export function stageBadge(stage) {
  const [label, tone] = stages[stage];
  return h("span", { class: `badge ${tone}` }, label);
}

/** `<option>`s of all stages. */
export function stageOptions(current) {
  return Object.entries(stages).map(([value, [label]]) => h("option", { value, selected: value === current }, label));
}
