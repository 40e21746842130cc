import { h } from "../dom.js";
import { moment } from "../format.js";
import { events, riskBadge, severityBadge } from "./labels.js";

/** What was noticed around the answers, in the order it happened. */
export function integrityReport({ proctorLogs, proctorSummary, questions }, open) {
  const ordered = [...proctorLogs].sort((a, b) => a.occurredAt.localeCompare(b.occurredAt));
  return h("details", { class: "integrity", id: "integrity", open },
    h("summary", {}, "Integrity", riskBadge(proctorSummary.riskLevel), h("span", { class: "muted small" }, count(ordered.length))),
    ordered.length > 0
      ? h("ol", {}, ordered.map((event) => entry(event, questions)))
      : h("p", { class: "small muted" }, "Nothing was noticed."),
    h("p", { class: "small muted" }, "Watched: tab, windows, fullscreen, developer tools, time limit. Not watched: faces, other devices, the room. An event alone proves nothing."));
}

function count(number) {
  return number === 1 ? "1 event" : `${number} events`;
}

function entry({ eventType, severity, questionId, occurredAt, metadata }, questions) {
  const [words, benign] = events[eventType];
  const question = questions.find(({ id }) => id === questionId);
  const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(new Date(occurredAt));
  return h("li", {},
    h("time", { class: "small", datetime: occurredAt, title: moment(occurredAt) }, time),
    h("div", {}, h("p", {}, `${words}${detail(eventType, metadata ?? {})}`),
      h("p", { class: "small muted" }, `${question ? `Question ${question.position}` : "Between questions"}. ${benign}`)),
    severityBadge(severity));
}

function detail(eventType, { count: times, durationSeconds, faceCount, allowedSeconds, actualSeconds, atSecond }) {
  if (eventType === "NO_FACE_DETECTED" && durationSeconds) return `, ${durationSeconds} s`;
  if (eventType === "MULTIPLE_FACES" && faceCount) return ` (${faceCount})`;
  if (eventType === "TIME_LIMIT_EXCEEDED" && actualSeconds) return `: ${actualSeconds} of ${allowedSeconds} s`;
  if (eventType === "FULLSCREEN_EXIT" && atSecond !== undefined) return ` at second ${atSecond}`;
  return times > 1 ? `, time ${times} in this question` : "";
}
