import { call } from "../api.js";
import { h } from "../dom.js";

const MOST = 100;

/** The newest assessments: [{id, title, jobTitle, status, …}]. */
export async function newestAssessments() {
  return (await call("GET", `/api/assessments?limit=${MOST}`)).assessments;
}

/**
 * A choice of an assessment.
 *
 * @param assessments the newest @param chosen the one at hand, which may be older, or null
 * @param choose called with the id of another one
 */
export function assessmentChoice(assessments, chosen, choose) {
  const all = chosen && !assessments.some(({ id }) => id === chosen.id) ? [chosen, ...assessments] : assessments;
  return h("label", { class: "choice" }, h("span", { class: "small muted" }, "Assessment"),
    h("select", { class: "input", id: "assessment", onchange: ({ target }) => choose(target.value) },
      all.map(({ id, title, jobTitle, status }) => h("option", { value: id, selected: id === chosen?.id },
        `${title}${jobTitle ? ` · ${jobTitle}` : ""}${status === "ARCHIVED" ? " (archived)" : ""}`))));
}
