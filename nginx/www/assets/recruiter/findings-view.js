import { h, icon } from "../dom.js";

// What the lint says about an assessment, beside what it concerns.

const severities = { critical: "Serious", warning: "Warning", info: "Hint" };

/** What keeps an assessment from being activated; everything else only warns. */
export const isBlocker = ({ code }) => code === "NO_QUESTIONS" || code === "RUBRIC_INCOMPLETE";

const aboutRubric = new Set(["RUBRIC_INCOMPLETE", "DESCRIPTION_MISSING", "ANCHORS_MISSING", "ANCHORS_TOO_FEW", "ANCHORS_IDENTICAL"]);

const shortly = {
  RUBRIC_INCOMPLETE: "incomplete", DESCRIPTION_MISSING: "no description", ANCHORS_MISSING: "no anchors",
  ANCHORS_TOO_FEW: "a single anchor", ANCHORS_IDENTICAL: "same anchor elsewhere",
};

export const ofAssessment = (findings) => findings.filter(({ questionPosition }) => questionPosition === null);
export const ofQuestion = (findings, position) => findings.filter(({ questionPosition }) => questionPosition === position);
export const ofWording = (findings) => findings.filter(({ code }) => !aboutRubric.has(code));
export const ofRubric = (findings) => findings.filter(({ code }) => aboutRubric.has(code));

/** What is said about one level, in a few words; empty when there is nothing. */
export function ofLevel(findings, level) {
  return findings.filter(({ rubricLevels }) => rubricLevels.includes(level))
    .map(({ code, severity }) => h("span", { class: `hint ${severity}` }, shortly[code] ?? "see above"));
}

/** The findings as a list, the serious ones first. */
export function findingsList(findings) {
  const order = Object.keys(severities);
  const sorted = [...findings].sort((one, other) => order.indexOf(one.severity) - order.indexOf(other.severity));
  return h("ul", { class: "findings" }, sorted.map(({ code, severity, message }) => h("li", { class: `finding ${severity}`, "data-code": code },
    icon(severity === "info" ? "question" : "warning"),
    h("p", {}, h("span", { class: "visually-hidden" }, `${severities[severity]}: `), message))));
}

/** How serious the worst of them is: "critical", "warning", "info" or null. */
export function worst(findings) {
  return Object.keys(severities).find((severity) => findings.some((finding) => finding.severity === severity)) ?? null;
}
