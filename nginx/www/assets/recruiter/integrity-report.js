import { h } from "../dom.js";
import { clock, moment } from "../format.js";
import { detectors, events, monitoringBadge, severityBadge } from "./labels.js";
import { countsByType, hasDeclined, isMonitored, openSeconds, watchLines } from "./monitoring-facts.js";

/** What was watched, what was noticed around the answers, and what neither says. */
export function integrityReport(interview, open) {
  const { proctorLogs } = interview;
  const isKnown = isMonitored(interview) || proctorLogs.length > 0;
  return h("details", { class: "integrity", id: "integrity", open },
    h("summary", {}, "Integrity", monitoringBadge(interview),
      isKnown && h("span", { class: "muted small" }, count(proctorLogs.length, "event"))),
    ...watched(interview), ...noticed(interview),
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

function noticed(interview) {
  const { proctorLogs, questions } = interview;
  if (proctorLogs.length === 0) return isMonitored(interview) ? [h("p", { class: "small muted" }, "Nothing was noticed in what was watched.")] : [];
  const ordered = [...proctorLogs].sort((a, b) => a.occurredAt.localeCompare(b.occurredAt));
  return [
    h("h3", {}, "What was noticed"),
    h("ul", { class: "noticed", id: "noticed" }, countsByType(interview).map(kind)),
    h("h3", { id: "integrity-order" }, "In order"),
    h("ol", { class: "small", "aria-labelledby": "integrity-order" }, ordered.map((event) => entry(event, questions))),
  ];
}

function kind({ eventType, severity, count: times, places }) {
  const [words, benign] = events[eventType];
  return h("li", { "data-event": eventType },
    h("div", {}, h("p", {}, h("b", {}, `${words}: ${times}`)),
      h("p", { class: "small" }, places.map(({ position, count: here }) => `${place(position)}: ${here}`).join(" · ")),
      h("p", { class: "small muted" }, benign)),
    severityBadge(severity));
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
