import { call } from "../api.js";
import { h, svg } from "../dom.js";
import { moment, relative } from "../format.js";
import { severityInterval, severityWords } from "./agreement-words.js";
import { intervalPlot } from "./interval-plot.js";
import { followLinks } from "./links.js";
import { showContent, showFailure, signedIn } from "./shell.js";

// Who reviews how much, what waits for whom, and how severe everybody is.

const PERIODS = [30, 90, 365];

async function open({ refocus = false } = {}) {
  const asked = Number(new URLSearchParams(location.search).get("days"));
  const days = PERIODS.includes(asked) ? asked : 90;
  try {
    const [list, user] = await Promise.all([call("GET", `/api/evaluators?days=${days}`), signedIn()]);
    showContent(
      h("div", { class: "page-head" }, h("h1", {}, "Evaluators"), h("p", { class: "muted", id: "waiting" }, waiting(list.evaluators))),
      h("nav", { class: "filters", "aria-label": "Period" }, PERIODS.map((each) => h("a", {
        href: `/evaluators?days=${each}`, class: "filter", "aria-current": each === days ? "true" : null,
      }, `Last ${each} days`))),
      table(list, user),
      h("p", { class: "small muted" }, `Severity and the spread of the scores rest on the newest ${list.finishedInterviews} interviews whose review is finished. Somebody severe is not wrong: see `,
        h("a", { href: "/calibration" }, "Calibration"), " before you draw a conclusion, and share interviews so that severe and lenient reviewers even out."));
    if (refocus) document.querySelector(".filters [aria-current]").focus();
  } catch (error) {
    showFailure(error, () => open());
  }
}

function waiting(evaluators) {
  const open = evaluators.reduce((sum, each) => sum + each.open.count, 0);
  return open === 0 ? "No review is waiting" : `${open} ${open === 1 ? "review is" : "reviews are"} waiting`;
}

function count(number, noun) {
  return `${number} ${number === 1 ? noun : `${noun}s`}`;
}

function table({ evaluators, days }, user) {
  const columns = ["Person", `Scored in ${days} days`, "Waiting for them", "Spread of scores", "Severity"];
  return h("div", { class: "card table-frame" }, h("table", { id: "evaluators" },
    h("caption", { class: "visually-hidden" }, "Everybody in the organisation, by name"),
    h("thead", {}, h("tr", {}, columns.map((label) => h("th", { scope: "col" }, label)))),
    h("tbody", {}, evaluators.map((each) => row(each, user)))));
}

function row({ id, name, role, recent, open, scores, severity }, user) {
  return h("tr", { "data-account": id },
    h("th", { scope: "row" }, h("span", { class: "name" }, name, id === user.id && h("span", { class: "muted" }, " (you)")),
      role === "ADMIN" && h("span", { class: "muted small" }, "Administrator")),
    h("td", { "data-label": "Scored" }, recent.answers === 0 ? h("span", { class: "muted" }, "Nothing") : [
      h("span", { class: "figures" }, `${count(recent.answers, "answer")} in ${count(recent.interviews, "interview")}`),
      h("span", { class: "muted small" }, "last ", time(recent.lastScoredAt))]),
    h("td", { "data-label": "Waiting" }, openReviews(open)),
    h("td", { "data-label": "Spread of scores" }, spread(scores, name)),
    h("td", { "data-label": "Severity", class: "plot" }, severity.difference === null ? h("span", { class: "muted" }, "Not enough data") : [
      intervalPlot({ value: severity.difference, interval: severityInterval(severity), from: -2, to: 2, marks: [-2, 0, 2], label: severityWords(severity) }),
      h("span", { class: "small" }, severityWords(severity))]));
}

function time(value) {
  return h("time", { datetime: value, title: moment(value) }, relative(value));
}

function openReviews({ count: waiting, interviews }) {
  if (waiting === 0) return h("span", { class: "muted" }, "Nothing");
  return [
    h("ul", { class: "open-reviews" }, interviews.map(({ id, candidate, submittedAt }) => h("li", {},
      h("a", { href: `/async-interviews/${id}` }, candidate), submittedAt && h("span", { class: "muted small" }, time(submittedAt))))),
    waiting > interviews.length && h("span", { class: "muted small" }, `and ${waiting - interviews.length} more`)];
}

/** How often each score was given, as five bars. */
function spread(scores, name) {
  const most = Math.max(...scores);
  if (most === 0) return h("span", { class: "muted" }, "Not enough data");
  const text = scores.map((times, index) => `${index + 1}: ${times}`).join(", ");
  return h("div", { class: "spread", title: text }, svg("svg", { role: "img", "aria-label": `Scores by ${name}: ${text}`, viewBox: "0 0 100 40" },
    ...scores.map((times, index) => {
      const height = times === 0 ? 1 : Math.max(3, (times / most) * 40);
      return svg("rect", { class: times === 0 ? "none" : "some", x: index * 20 + 2, y: 40 - height, width: 16, height, rx: 2 });
    })), h("span", { class: "marks figures", "aria-hidden": "true" }, [1, 2, 3, 4, 5].map((score) => h("span", {}, String(score)))));
}

// Another period changes the address and the list, not the whole page.
followLinks(".filters a", () => open({ refocus: true }), open);

open();
