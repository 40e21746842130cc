// What is known of how an interview was watched. What no detector watched is
// unknown, not clean.

const ALWAYS = ["tab", "window", "fullscreen", "devtools", "time-limit", "face"];
const NEARLY_SECONDS = 3;

/** The candidate's newest choice for a purpose; `null` if consent was asked elsewhere. */
export function choice(consents, purpose) {
  return consents.findLast((receipt) => receipt.purpose === purpose) ?? null;
}

export function hasDeclined(consents, purpose) {
  return choice(consents, purpose)?.granted === false;
}

/** Whether the page watched at all: if not, a low risk means nothing. (The server itself sees only the time.) */
export function isMonitored({ monitoring, proctorLogs }) {
  return proctorLogs.some(({ eventType }) => eventType !== "TIME_LIMIT_EXCEEDED") || monitoring.detectors.some(({ watchedSeconds }) => watchedSeconds > 0);
}

/**
 * For how many seconds questions were open, at the least: as long as the answers
 * take together, and as long as any detector watched.
 */
export function openSeconds({ monitoring, videoResponses }) {
  const answered = videoResponses.reduce((sum, { durationSeconds }) => sum + (durationSeconds ?? 0), 0);
  return Math.max(answered, ...monitoring.detectors.map(({ watchedSeconds }) => watchedSeconds));
}

/**
 * A line for each detector there could be: {name, seconds, share (0 to 1), isWhole,
 * reason: why it did not watch, or not always; `null` if nothing is known}.
 */
export function watchLines(interview) {
  const open = openSeconds(interview);
  const reported = new Map(interview.monitoring.detectors.map((detector) => [detector.name, detector]));
  const isWritten = interview.questions.some(({ type }) => type === "ASYNC_TEXT");
  const expected = [...ALWAYS, ...(isWritten ? ["clipboard"] : [])];
  return [...new Set([...expected, ...reported.keys()])].map((name) => {
    const { watchedSeconds: seconds = 0, unavailable = null } = reported.get(name) ?? {};
    return {
      name, seconds, share: open > 0 ? seconds / open : 0, isWhole: seconds > 0 && open - seconds < NEARLY_SECONDS,
      reason: unavailable && once(unavailable),
    };
  });
}

// Several page loads often had the same reasons.
function once(reasons) {
  return [...new Set(reasons.split("; "))].join("; ");
}

/**
 * What was noticed, by type: [{eventType, severity, count, places: [{position, count}]}],
 * `position` being a question's, or `null` for between questions.
 */
export function countsByType({ proctorLogs, questions }) {
  const positions = new Map(questions.map(({ id, position }) => [id, position]));
  return grouped(proctorLogs, ({ eventType }) => eventType).map(([eventType, events]) => ({
    eventType, severity: events[0].severity, count: events.length,
    places: grouped(events, ({ questionId }) => positions.get(questionId) ?? null)
      .map(([position, those]) => ({ position, count: those.length }))
      .sort((one, other) => (one.position ?? Infinity) - (other.position ?? Infinity)),
  }));
}

// [[key, its values]], in the order in which the keys come first.
function grouped(values, keyOf) {
  const groups = new Map();
  for (const value of values) groups.set(keyOf(value), [...groups.get(keyOf(value)) ?? [], value]);
  return [...groups];
}
