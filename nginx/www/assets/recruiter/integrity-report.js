import { Problem, Unreachable } from "../api.js";
import { button, h } from "../dom.js";
import { clock, moment } from "../format.js";
import { detectors, events, monitoringBadge, riskWords, severityBadge } from "./labels.js";
import { countsByType, hasDeclined, isMonitored, openSeconds, watchLines } from "./monitoring-facts.js";

/**
 * What was watched, what was noticed around the answers, what reviewers made of
 * it, and what none of this says.
 *
 * @param report the interview's events by kind and question
 * @param judge (group, disposition, reason) => Promise, saves a reviewer's word
 */
export function integrityReport(interview, report, open, judge) {
  const { proctorLogs } = interview;
  const isKnown = isMonitored(interview) || proctorLogs.length > 0;
  return h("details", { class: "integrity", id: "integrity", open },
    h("summary", {}, "Integrity", monitoringBadge(interview), remainingRisk(report),
      isKnown && h("span", { class: "muted small" }, count(proctorLogs.length, "event"))),
    ...watched(interview), ...noticed(interview, report, judge),
    isKnown && h("p", { class: "small muted" }, "Nobody watches other devices or the room. An event alone proves nothing, and many have harmless causes. Talk with the candidate before you draw a conclusion."));
}

function count(number, noun) {
  return number === 1 ? `1 ${noun}` : `${number} ${noun}s`;
}

// ---- What was watched

function watched(interview) {
  const { consents, monitoring, proctorLogs } = interview;
  if (hasDeclined(consents, "MONITORING")) {
    const note = "The candidate chose not to be monitored. No disadvantage may follow.";
    return [h("p", { class: "notice", id: "monitoring-declined" }, proctorLogs.length > 0 ? `${note} What is below was noticed before.` : note)];
  }
  if (monitoring.detectors.length === 0) {
    return [h("p", { class: "notice", id: "not-monitored" }, "No page of the candidate’s has reported what it watched. What happened there is not known.")];
  }
  const open = openSeconds(interview);
  return [
    h("h3", {}, "What was watched"),
    h("p", { class: "small muted" }, `Questions were open for at least ${clock(open)} minutes.`),
    h("ul", { class: "watched", id: "watched" }, watchLines(interview).map((line) => watchLine(line, open))),
    ...missing(monitoring),
  ];
}

function watchLine(line, open) {
  const bar = h("span", { class: "share", "aria-hidden": "true" });
  bar.style.setProperty("--share", line.share);
  return h("li", { "data-detector": line.name, class: line.seconds === 0 ? "unwatched" : "" },
    h("b", {}, detectors[line.name] ?? line.name), bar, h("span", { class: "small" }, inWords(line, open)));
}

function inWords({ seconds, isWhole, reason }, open) {
  if (seconds === 0) return `Not watched: ${reason ?? "no page has reported on it"}.`;
  if (isWhole) return "Watched all the time.";
  return `Watched ${clock(seconds)} of ${clock(open)}, ${reason ? `otherwise ${reason}` : "and it is not known why no longer"}.`;
}

function missing({ missingEvents, gaps }) {
  if (missingEvents === 0) return [];
  const numbers = gaps.slice(0, 10).map((number) => number + 1).join(", ");
  return [h("p", { class: "notice caution", id: "missing-events" },
    `${count(missingEvents, "event")} that the candidate’s page counted never arrived, so this report is not complete. `
    + `Missing: number ${numbers}${missingEvents > 10 ? " and others" : ""}. A lost connection can cause this.`)];
}

// ---- What was noticed

function noticed(interview, report, judge) {
  const { proctorLogs, questions } = interview;
  if (proctorLogs.length === 0) return isMonitored(interview) ? [h("p", { class: "small muted" }, "Nothing was noticed in what was watched.")] : [];
  const ordered = [...proctorLogs].sort((a, b) => a.occurredAt.localeCompare(b.occurredAt));
  return [
    h("h3", {}, "What was noticed"),
    h("ul", { class: "noticed", id: "noticed" }, countsByType(interview).map((each) => kind(each, report.events, questions, judge))),
    h("h3", { id: "integrity-order" }, "In order"),
    h("ol", { class: "small", "aria-labelledby": "integrity-order" }, ordered.map((event) => entry(event, questions))),
  ];
}

function kind({ eventType, severity, count: times, places }, groups, questions, judge) {
  const [words, benign] = events[eventType];
  return h("li", { "data-event": eventType },
    h("div", {}, h("p", {}, h("b", {}, `${words}: ${times}`)),
      h("p", { class: "small" }, places.map(({ position, count: here }) => `${place(position)}: ${here}`).join(" · ")),
      h("p", { class: "small muted" }, benign)),
    severityBadge(severity),
    h("ul", { class: "judgements" }, groups.filter((group) => group.eventType === eventType).map((group) => judgement(group, words, questions, judge))));
}

// ---- What reviewers make of it

/** The risk without what was dismissed, where that is another one. */
export function remainingRisk({ overallRiskLevel, afterDismissals }) {
  if (afterDismissals.overallRiskLevel === overallRiskLevel) return null;
  return h("span", { class: "small muted remaining" }, `${riskWords(afterDismissals.overallRiskLevel)} after dismissals`);
}

function judgement(group, words, questions, judge) {
  const where = place(questions.find(({ id }) => id === group.questionId)?.position ?? null);
  const item = h("li", { "data-question": group.questionId ?? "none" });
  const rest = () => {
    const { disposition: given } = group;
    const act = (disposition, label) => button(label, {
      class: "quiet small", "aria-label": `${label}: ${words}, ${where}`, onclick: () => ask(disposition),
    });
    item.replaceChildren(h("span", { class: "small" }, given
      ? [h("b", {}, `${where}: ${given.disposition === "DISMISSED" ? "dismissed" : "confirmed"}`), ` by ${given.by.name}: “${given.reason}”`] : where),
    h("span", { class: "acts" }, given?.disposition !== "CONFIRMED" && act("CONFIRMED", "Confirm"), given?.disposition !== "DISMISSED" && act("DISMISSED", "Dismiss")));
  };
  const ask = (disposition) => {
    const name = disposition === "DISMISSED" ? "Dismiss" : "Confirm";
    const input = h("input", { class: "input", type: "text", maxlength: "2000", required: true, "aria-label": `Reason to ${name.toLowerCase()}: ${words}, ${where}`, placeholder: "Reason" });
    const failure = h("p", { class: "small bad", role: "alert" });
    const back = () => { rest(); item.querySelector("button").focus(); };
    item.replaceChildren(h("form", {
      onkeydown: (event) => { if (event.key === "Escape") { event.stopPropagation(); back(); } },
      onsubmit: async (event) => {
        event.preventDefault();
        try {
          await judge(group, disposition, input.value.trim());
          document.querySelector(`[data-event="${group.eventType}"] [data-question="${group.questionId ?? "none"}"] button`)?.focus();
        } catch (error) {
          if (!(error instanceof Problem || error instanceof Unreachable)) throw error;
          failure.textContent = `Not saved: ${error.message}`;
        }
      },
    }, input, button(name, { type: "submit", class: "primary small" }), button("Cancel", { class: "quiet small", onclick: back }), failure));
    input.focus();
  };
  rest();
  return item;
}

function place(position) {
  return position === null ? "Between questions" : `Question ${position}`;
}

function entry({ eventType, questionId, occurredAt, metadata }, questions) {
  const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(new Date(occurredAt));
  return h("li", {},
    h("time", { datetime: occurredAt, title: moment(occurredAt) }, time),
    h("span", {}, `${events[eventType][0]}${detail(eventType, metadata ?? {})}`),
    h("span", { class: "muted" }, place(questions.find(({ id }) => id === questionId)?.position ?? null)));
}

function detail(eventType, { durationSeconds, faceCount, allowedSeconds, actualSeconds, atSecond }) {
  if (eventType === "NO_FACE_DETECTED" && durationSeconds) return `, ${durationSeconds} s`;
  if (eventType === "MULTIPLE_FACES" && faceCount) return ` (${faceCount})`;
  if (eventType === "TIME_LIMIT_EXCEEDED" && actualSeconds) return `: ${actualSeconds} of ${allowedSeconds} s`;
  if (eventType === "FULLSCREEN_EXIT" && atSecond !== undefined) return ` at second ${atSecond}`;
  return "";
}
