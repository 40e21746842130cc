/**
 * The life of one question, as plain data: no DOM, no clock, no recorder.
 *
 *   thinking → recording → reviewing → submitting → submitted
 *    |  ↑______________________|            |
 *    |       retake              reviewing ←' (refused by the server)
 *    `→ gone (the deadline passed before anything was recorded)
 *
 * After the deadline (`late`) what was begun can be finished and used, but
 * nothing is recorded anew.
 *
 * `begin` makes the first state, or `recover` that of a take kept earlier;
 * `next(state, event)` returns the state after an event, or the same object if
 * the event has no meaning there. `event.now` is a monotonic time in
 * milliseconds, as from `performance.now()`.
 */

/** After thinking time recording starts by itself, with this much warning. */
export const LEAD_SECONDS = 10;

/**
 * @param limits {thinkTimeSeconds: null if one may think as long as one likes,
 *   timeLimitSeconds, retakesAllowed, retakesUsed} as the server reports them
 * @param thinkSecondsLeft less than the think time if the question was opened before
 */
export function begin(limits, now, thinkSecondsLeft = limits.thinkTimeSeconds) {
  return think({ limits, retakesUsed: limits.retakesUsed, notice: null }, now, thinkSecondsLeft);
}

/**
 * A take that was kept when the page went away, before its review.
 *
 * @param take {durationSeconds, cutOff: whether recording was interrupted}
 */
export function recover(limits, { durationSeconds, cutOff }) {
  return {
    phase: "reviewing", limits, retakesUsed: limits.retakesUsed, fault: cutOff, refusal: null,
    durationSeconds, atLimit: false, recovered: true, late: false,
  };
}

function think({ limits, retakesUsed, notice }, now, thinkSecondsLeft = limits.thinkTimeSeconds) {
  const thinkEndsAt = thinkSecondsLeft === null ? Infinity : now + thinkSecondsLeft * 1000;
  const lead = limits.thinkTimeSeconds === 0 && !notice ? 0 : LEAD_SECONDS * 1000;
  return {
    phase: "thinking", limits, retakesUsed, notice,
    thinkEndsAt, startsAt: thinkEndsAt + lead, now,
    due: now >= thinkEndsAt + lead,
  };
}

const handlers = {
  thinking: {
    // `due` asks whoever owns the recorder to start it; it then reports "started".
    tick: (state, { now }) => ({ ...state, now, due: now >= state.startsAt }),
    started: ({ limits, retakesUsed }, { now }) => ({
      phase: "recording", limits, retakesUsed, paused: false, recordedMs: 0, since: now, full: false, late: false,
    }),
    deadline: () => ({ phase: "gone" }),
  },

  recording: {
    tick: (state, { now }) => (state.paused ? state : measured(state, now)),
    pause: (state, { now }) => (state.paused ? state : { ...measured(state, now), paused: true }),
    resume: (state, { now }) => (state.paused ? { ...state, paused: false, since: now } : state),
    // `fault` is true when the device, not the candidate, ended the take.
    stopped: (state, { now, fault = false }) => ({
      phase: "reviewing", limits: state.limits, retakesUsed: state.retakesUsed, fault, refusal: null,
      durationSeconds: wholeSeconds(state, now), atLimit: state.full, recovered: false, late: state.late,
    }),
    // Nothing usable was recorded: the question starts again and no take is lost.
    // `notice` says why: "empty" or "unplayable".
    empty: ({ limits, retakesUsed, late }, { now, notice = "empty" }) => (
      late ? { phase: "gone" } : think({ limits, retakesUsed, notice }, now)),
    deadline: late,
  },

  reviewing: {
    // `opened` is what the server said to it; without, the page counts for itself.
    retake: (state, { now, opened = null }) => {
      if (!mayRetake(state)) return state;
      const retakesUsed = opened?.retakesUsed ?? state.retakesUsed + (state.fault ? 0 : 1);
      const notice = state.fault ? "fault" : null;
      return think({ limits: state.limits, retakesUsed, notice }, now, opened ? opened.thinkSecondsLeft : undefined);
    },
    refused: (state, { message }) => ({ ...state, refusal: message }),
    use: (state) => ({
      phase: "submitting", limits: state.limits, retakesUsed: state.retakesUsed,
      durationSeconds: state.durationSeconds, fraction: 0, waiting: null, take: state,
    }),
    deadline: late,
  },

  submitting: {
    progress: (state, { fraction }) => ({ ...state, fraction, waiting: null }),
    waiting: (state, { seconds, reason }) => ({ ...state, waiting: { seconds, reason } }),
    refused: (state, { message }) => ({ ...state.take, refusal: message }),
    deadline: (state) => (state.take.late ? state : { ...state, take: late(state.take) }),
    saved: ({ retakesUsed, durationSeconds }) => ({ phase: "submitted", retakesUsed, durationSeconds }),
  },

  submitted: {},
  gone: {},
};

function late(state) {
  return state.late ? state : { ...state, late: true };
}

/** The state after `event` (`{type, …}`). */
export function next(state, event) {
  const handler = handlers[state.phase][event.type];
  return handler ? handler(state, event) : state;
}

function elapsed(state, now) {
  return state.recordedMs + (state.paused ? 0 : now - state.since);
}

// Counted in started seconds, at least one. A timer that fires a moment after
// the limit is not the candidate's overrun.
function wholeSeconds(state, now) {
  const seconds = elapsed(state, now) / 1000;
  const limit = state.limits.timeLimitSeconds;
  if (seconds > limit && seconds < limit + 1) return limit;
  return Math.max(1, Math.ceil(seconds));
}

function measured(state, now) {
  const recordedMs = elapsed(state, now);
  return { ...state, recordedMs, since: now, full: recordedMs >= state.limits.timeLimitSeconds * 1000 };
}

/** Seconds of thinking time left, rounded up; 0 when it is over, Infinity where it has no end. */
export function thinkSecondsLeft(state) {
  return Math.max(0, Math.ceil((state.thinkEndsAt - state.now) / 1000));
}

/** Seconds until recording starts by itself, rounded up. */
export function leadSecondsLeft(state) {
  return Math.max(0, Math.ceil((state.startsAt - state.now) / 1000));
}

/** Milliseconds recorded so far; pauses do not count. */
export function recordedMs(state, now) {
  return elapsed(state, now);
}

/** Seconds of answer time left, rounded up. */
export function recordSecondsLeft(state) {
  return Math.max(0, Math.ceil(state.limits.timeLimitSeconds - state.recordedMs / 1000));
}

export function retakesLeft(state) {
  return Math.max(0, state.limits.retakesAllowed - state.retakesUsed);
}

/** A take the device spoilt may be recorded again, whatever is left; after the deadline none may. */
export function mayRetake(state) {
  return !state.late && (state.fault || retakesLeft(state) > 0);
}

/** 1 for the first take of the question. */
export function takeNumber(state) {
  return state.retakesUsed + 1;
}
