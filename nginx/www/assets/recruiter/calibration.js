import { call } from "../api.js";
import { h, icon } from "../dom.js";
import { agreementWords, alphaWords, severityInterval, severityWords } from "./agreement-words.js";
import { assessmentChoice, newestAssessments } from "./assessment-choice.js";
import { intervalPlot } from "./interval-plot.js";
import { showContent, showFailure, signedIn } from "./shell.js";

// How far an assessment's reviewers agree, and what that means. The assessment stands in the address.

async function open() {
  try {
    const [assessments] = await Promise.all([newestAssessments(), signedIn()]);
    const id = new URLSearchParams(location.search).get("assessment") ?? assessments[0]?.id;
    if (!id) return showContent(head(), nothingYet());
    const address = `/api/assessments/${encodeURIComponent(id)}`;
    const [chosen, agreement] = await Promise.all([
      assessments.find((each) => each.id === id) ?? call("GET", address), call("GET", `${address}/agreement`)]);
    showContent(head(assessmentChoice(assessments, chosen, choose)), ...report(agreement, id));
  } catch (error) {
    showFailure(error, open);
  }
}

async function choose(id) {
  history.pushState(null, "", `/calibration?assessment=${id}`);
  await open();
  document.querySelector("#assessment")?.focus();
}

function head(choice = null) {
  return h("div", { class: "page-head" }, h("h1", {}, "Calibration"), choice);
}

function nothingYet() {
  return h("div", { class: "face card" }, icon("calibration"), h("h2", {}, "Nothing to calibrate yet"),
    h("p", {}, "Create an assessment, let two people review the same interviews, and this page shows how far they agree: whether a score would have been the same with another reviewer."));
}

function report(agreement, id) {
  const { interviews, answers, reviewers } = agreement;
  const basis = `From ${count(interviews, "interview")} whose review is finished: ${count(answers, "answer")}, ${count(reviewers, "reviewer")}.`;
  return [
    h("p", { class: "muted", id: "basis" }, basis, " ", h("a", { href: `/compare?assessment=${id}` }, "Compare answers")),
    h("div", { class: "measures" }, measures(agreement)),
    h("p", { class: "notice", id: "plan" }, plan(agreement)),
    pairs(agreement), severities(agreement), reading(),
  ].filter(Boolean);
}

function count(number, noun) {
  return `${number} ${number === 1 ? noun : `${noun}s`}`;
}

// ---- The measures

function measures({ single, average, alpha, reviewers }) {
  return [
    measure("single", "One reviewer", "ICC(2,1)", single, () => agreementWords(single),
      "Would another reviewer have given the same score? This is what counts when one person scores alone."),
    measure("average", reviewers > 1 ? `The mean of ${reviewers} reviewers` : "The mean of all reviewers", "ICC(2,k)", average, () => agreementWords(average),
      "Would the mean be the same with as many other reviewers? It is higher than for one, because errors even out."),
    measure("alpha", "With gaps", "Krippendorff’s α, ordinal", alpha, () => alphaWords(alpha.value),
      "Agreement beyond chance on the order of scores. It also uses answers that not everybody scored."),
  ];
}

function measure(id, title, name, { value, interval, answers, leftOut }, words, meaning) {
  const scope = `${count(answers, "answer")}${leftOut > 0 ? `, ${leftOut} left out because scores are missing` : ""}`;
  return h("section", { class: "card measure", id, "aria-labelledby": `${id}-title` },
    h("h2", { id: `${id}-title` }, title), h("p", { class: "muted small" }, name),
    value === null
      ? h("p", { class: "none" }, "Not enough data")
      : h("div", {},
        h("p", { class: "verdict" }, h("span", { class: "big figures" }, value.toFixed(2)), h("b", {}, words())),
        h("p", { class: "small muted figures" }, interval ? `95 % interval ${interval.lower.toFixed(2)} to ${interval.upper.toFixed(2)}` : "Without an interval"),
        intervalPlot({ value, interval, from: 0, to: 1, marks: id === "alpha" ? [0, 0.667, 0.8, 1] : [0, 0.5, 0.75, 0.9, 1], label: `${name}: ${value.toFixed(2)} on a line from 0 to 1` })),
    h("p", { class: "small" }, meaning), h("p", { class: "small muted" }, scope));
}

function plan({ plan: { correlation, width, reviewers, planned, needed }, single }) {
  const wide = single.interval && single.interval.upper - single.interval.lower > width;
  const aim = `so that the interval of one reviewer is not wider than ${width}`;
  return [
    planned && `Plan for ${planned} answers that all of ${reviewers} reviewers score, ${aim} (supposing an ICC of ${correlation}, as interviewers in a panel have).`,
    needed && `With scores that vary as they do here it takes ${needed}.`,
    single.interval && (wide ? "So far the interval is wider: read these numbers with caution." : "That is reached."),
  ].filter(Boolean).join(" ");
}

// ---- Who with whom, and how severe

function table(id, title, note, columns, rows) {
  return h("section", { class: "stack" }, h("h2", { id: `${id}-title` }, title), h("p", { class: "muted small" }, note),
    h("div", { class: "card table-frame", tabindex: "0", role: "region", "aria-labelledby": `${id}-title` }, h("table", { id }, h("thead", {}, h("tr", {}, columns.map((label) => h("th", { scope: "col" }, label)))), h("tbody", {}, rows))));
}

function pairs({ pairs: all }) {
  if (all.length === 0) return null;
  return table("pairs", "Pair by pair", "Cohen’s kappa with quadratic weights: agreement of two reviewers beyond chance, where a difference of two levels counts four times one.", ["Reviewers", "Kappa", "In words", "Answers"],
    all.map(({ first, second, kappa }) => h("tr", {}, h("th", { scope: "row" }, `${first.name} and ${second.name}`),
      h("td", { class: "figures" }, kappa.value === null ? h("span", { class: "muted" }, "Not enough data") : kappa.value.toFixed(2)),
      h("td", {}, kappa.value === null ? "" : agreementWords(kappa)), h("td", { class: "figures" }, String(kappa.answers)))));
}

function severities({ severity }) {
  if (severity.length === 0) return null;
  return table("severity", "Severity", "Each reviewer’s scores less the mean of the others’ on the same answers. Left is severe, right is lenient; the line is about a 95 % interval.", ["Reviewer", "Difference", "In words", "Answers"],
    severity.map(({ reviewer, answers, ...rest }) => h("tr", {}, h("th", { scope: "row" }, reviewer.name),
      h("td", { class: "plot" }, rest.difference === null ? h("span", { class: "muted" }, "Not enough data") : intervalPlot({
        value: rest.difference, interval: severityInterval(rest), from: -2, to: 2, marks: [-2, -1, 0, 1, 2], label: severityWords(rest) })),
      h("td", {}, rest.difference === null ? "" : severityWords(rest)), h("td", { class: "figures" }, String(answers)))));
}

function reading() {
  return h("details", { class: "reading", id: "reading" }, h("summary", {}, "How to read this"),
    h("ul", {}, [
      "Agreement is not correctness: reviewers can agree and all be wrong. But where they do not agree, the score depends on who happened to review.",
      "Words for the ICC and for kappa follow Koo and Li (2016): below 0.5 poor, from 0.5 moderate, from 0.75 good, from 0.9 excellent, said of both ends of the interval. Words for α follow Krippendorff (2004): from 0.8 reliable, from 0.667 good enough for tentative conclusions.",
      "Interviewers who sit in one panel reach about 0.74 and separate interviews about 0.44 (Huffcutt and others 2013). Blind review keeps scores from being copied, so expect less than in a panel.",
      "To improve it: read the rubric together, score three answers each on your own, compare, and talk about the answers with the largest differences.",
      "Too little data, or scores that never differ, say nothing about agreement. Then this page says so, and never 0.",
    ].map((text) => h("li", {}, text))));
}

window.addEventListener("popstate", open);
open();
