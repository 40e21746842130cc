import { h } from "../dom.js";
import { duration, percent } from "../format.js";
import { barPlot, columnPlot } from "./bar-plot.js";
import { intervalPlot } from "./interval-plot.js";

// The cards of the analytics page: each answers one question with a picture, and a table that says the
// same. A null of the server is too few cases to say anything, and never 0.

const NONE = "Not enough data";
const steps = { invited: "Sent", opened: "Opened", started: "Begun", submitted: "Submitted", reviewed: "Reviewed", decided: "Decided" };
const reasons = {
  NOT_DELIVERED: "Mail did not arrive", EXPIRED_UNOPENED: "Expired, never opened", EXPIRED_UNSTARTED: "Expired, opened and not begun",
  EXPIRED_UNFINISHED: "Expired, begun and not finished", CANCELLED: "Cancelled by us",
};
const problems = {
  UNREADABLE: "Recording not readable", NO_PICTURE: "No picture", DARK: "Too dark", NO_SOUND: "No sound", QUIET: "Too quiet", TOO_SHORT: "Recording too short",
};

const share = (value) => (value === null ? NONE : percent(value));
const number = (value) => new Intl.NumberFormat("en").format(value);
const signed = (value) => (value > 0 ? `+${value.toFixed(2)}` : value < 0 ? `−${Math.abs(value).toFixed(2)}` : "0.00");

/** @param isOne whether one assessment is counted, so that its questions have words */
export function cards(analytics, { isOne }) {
  return [
    funnel(analytics), losses(analytics), times(analytics), questions(analytics, isOne), deviceChecks(analytics),
    competencies(analytics), suggestions(analytics), reviewers(analytics), live(analytics)];
}

function card(id, title, meaning, picture, columns, rows, { wide = false } = {}) {
  return h("section", { class: `card measure ${wide ? "wide" : ""}`, id, "aria-labelledby": `${id}-title` },
    h("h2", { id: `${id}-title` }, title), h("p", { class: "muted small" }, meaning), picture,
    rows.length > 0 && h("details", {}, h("summary", {}, "As a table"),
      h("div", { class: "table-frame", tabindex: "0", role: "region", "aria-label": `${title}, as a table` }, h("table", {},
        h("thead", {}, h("tr", {}, columns.map((label) => h("th", { scope: "col" }, label)))),
        h("tbody", {}, rows.map(([name, ...values]) => h("tr", {}, h("th", { scope: "row" }, name), values.map((value) => h("td", { class: "figures" }, value)))))))));
}

const none = (text = NONE) => h("p", { class: "none" }, text);
const words = (rows) => rows.map(({ label, text }) => `${label}: ${text}`).join("; ");

function funnel({ funnel: all, interviews }) {
  const rows = all.map(({ step, count, share: part }) => ({ label: steps[step], value: count, text: part === null ? number(count) : `${number(count)} · ${percent(part)}` }));
  return card("funnel", "How far interviews come", "Of all that were sent, how many reached each step.", barPlot(rows, interviews, words(rows)),
    ["Step", "Interviews", "Of all sent", "Of the step before"],
    all.map(({ step, count, share: part, shareOfPrevious }, place) => [steps[step], number(count), share(part), place === 0 ? "" : share(shareOfPrevious)]));
}

function losses({ losses: all, interviews }) {
  const total = all.reduce((sum, { count }) => sum + count, 0);
  const most = Math.max(1, ...all.map(({ count }) => count));
  const rows = all.map(({ reason, count, share: part }) => ({ label: reasons[reason], value: count, tone: "bad", text: part === null ? number(count) : `${number(count)} · ${percent(part)}` }));
  return card("losses", "What was lost", `${number(total)} of ${number(interviews)} ended before they were submitted.`,
    total === 0 ? none("Nothing was lost.") : barPlot(rows, most, words(rows)),
    ["Why", "Interviews", "Of all sent"], all.map(({ reason, count, share: part }) => [reasons[reason], number(count), share(part)]));
}

function times({ timeToSubmission, timeToDecision }) {
  const all = [["To submission", timeToSubmission], ["To the decision", timeToDecision]];
  const longest = Math.max(...all.map(([, { p90 }]) => p90 ?? 0));
  const [size, unit] = longest > 2 * 86_400 ? [86_400, "days"] : [3600, "hours"];
  const end = Math.max(1, Math.ceil(longest / size));
  const marks = [0, end / 2, end];
  const plot = ([label, { median, p90 }]) => h("div", {}, h("h3", {}, label), median === null ? none() : intervalPlot({
    value: median / size, interval: { lower: median / size, upper: p90 / size }, from: 0, to: end, marks,
    label: `${label}: half within ${duration(median)}, nine of ten within ${duration(p90)}` }));
  return card("times", "How long it takes from sending", `The dot is when half had, the end of the band when nine of ten had, in ${unit}.`, h("div", { class: "stack" }, all.map(plot)),
    ["Until", "Interviews", "Half within", "Nine of ten within"],
    all.map(([label, { count, median, p90 }]) => [label, number(count), median === null ? NONE : duration(median), p90 === null ? NONE : duration(p90)]));
}

function questions({ questions: all, leftBeforeSubmitting }, isOne) {
  const name = ({ position, content }) => (isOne && content ? `${position}. ${content}` : `Question ${position}`);
  const known = all.filter(({ leftShare }) => leftShare !== null);
  const most = Math.max(0.01, ...known.map(({ leftShare }) => leftShare));
  const rows = all.map((each) => ({ label: `Question ${each.position}`, value: each.leftShare, tone: "bad", text: each.leftShare === null ? NONE : `${number(each.left)} · ${percent(each.leftShare)}` }));
  const before = leftBeforeSubmitting > 0 ? ` ${number(leftBeforeSubmitting)} answered everything and did not submit.` : "";
  return card("questions", "Where candidates leave", `Of those who came to a question, how many stopped there for good. Who is still under way is not counted.${before}`,
    known.length === 0 ? none() : barPlot(rows, most, words(rows)),
    ["Question", "Came to it", "Stopped there", "Share"], all.map((each) => [name(each), number(each.reached), number(each.left), share(each.leftShare)]));
}

function deviceChecks({ deviceChecks: checks }) {
  const rows = checks.problems.map(({ problem, interviews }) => ({ label: problems[problem] ?? problem, value: interviews, tone: "bad", text: number(interviews) }));
  const summary = checks.problemShare === null ? `In ${number(checks.interviews)} interviews devices were tested.`
    : `In ${percent(checks.problemShare)} of ${number(checks.interviews)} interviews the device test found something; in ${percent(checks.unsolvedShare)} it still did at the end.`;
  return card("device-checks", "Device tests", summary,
    checks.interviews === 0 ? none() : rows.length === 0 ? none("No test found anything.") : barPlot(rows, Math.max(...rows.map(({ value }) => value)), words(rows)),
    ["Finding", "Interviews", "Of those tested"], [
      ["Something found", number(checks.withProblems), share(checks.problemShare)], ["Unsolved", number(checks.unsolved), share(checks.unsolvedShare)],
      ...checks.problems.map(({ problem, interviews }) => [problems[problem] ?? problem, number(interviews), ""])]);
}

function competencies({ competencies: all }) {
  const plot = ({ name, counts, mean }) => h("div", {}, h("h3", {}, name), counts === null ? none() : [
    columnPlot(counts.map((count, place) => ({ label: String(place + 1), count })), `${name}: ${counts.map((count, place) => `${place + 1} ${count} times`).join(", ")}`),
    h("p", { class: "small muted figures" }, `Mean ${mean.toFixed(2)}`)]);
  return card("competencies", "How people score", "How often each score from 1 to 5 was given, by competency.",
    all.length === 0 ? none() : h("div", { class: "column-plots" }, all.map(plot)),
    ["Competency", "1", "2", "3", "4", "5", "Scores", "Mean"],
    all.map(({ name, scores, counts, mean }) => [name, ...(counts ?? ["", "", "", "", ""]).map(String), number(scores), mean === null ? NONE : mean.toFixed(2)]), { wide: true });
}

function suggestions({ suggestions: { compared, differing, differingShare, meanDifference, meanDistance, differences } }) {
  const label = (difference) => (difference > 0 ? `+${difference}` : difference < 0 ? `−${-difference}` : "0");
  const meaning = differingShare === null ? `The engine suggested a score for ${number(compared)} of the answers that people scored.`
    : `${percent(differingShare)} of ${number(compared)} scores are not the suggested one: ${meanDistance.toFixed(2)} levels apart on average, ${signed(meanDifference)} in all.`;
  return card("suggestions", "People beside the engine", meaning,
    differences === null ? none() : columnPlot(differences.map(({ difference, count }) => ({ label: label(difference), count, tone: difference === 0 ? "" : "bad" })),
      `Given less suggested: ${differences.map(({ difference, count }) => `${label(difference)} ${count} times`).join(", ")}`),
    ["Given less suggested", "Scores"], [...(differences ?? []).map(({ difference, count }) => [label(difference), number(count)]),
      ["Not the suggested one", `${number(differing)} of ${number(compared)} · ${share(differingShare)}`]]);
}

function reviewers({ reviewers: all }) {
  const rows = all.map(({ name, scores, waiting }) => ({ label: name, value: scores, text: `${number(scores)}${waiting > 0 ? ` · ${number(waiting)} waiting` : ""}` }));
  return card("reviewers", "Who reviews", "Scores that each person gave in these interviews, and reviews that wait for them.",
    all.length === 0 ? none("Nobody has scored anything yet.") : barPlot(rows, Math.max(1, ...all.map(({ scores }) => scores)), words(rows)),
    ["Person", "Scores", "Interviews", "Waiting"], all.map(({ name, scores, interviews, waiting }) => [name, number(scores), number(interviews), number(waiting)]));
}

function live({ live: { scheduled, completed, noShow, cancelled, noShowShare } }) {
  const all = [["Held", completed, ""], ["Candidate did not come", noShow, "bad"], ["Cancelled", cancelled, "bad"], ["Open", scheduled - completed - noShow - cancelled, ""]];
  const rows = all.map(([label, value, tone]) => ({ label, value, tone, text: number(value) }));
  return card("live", "Live interviews", `${number(scheduled)} had their time in this period. ${noShowShare === null ? "" : `In ${percent(noShowShare)} of those that could be held the candidate did not come.`}`,
    scheduled === 0 ? none("None in this time.") : barPlot(rows, scheduled, words(rows)),
    ["What became of it", "Interviews"], all.map(([label, value]) => [label, number(value)]));
}
