/**
 * The life of a written answer, as plain data: no DOM, no clock.
 *
 *   writing → saving → saved
 *      |  ↖____/ ↑
 *      |  refused|
 *      `→ extra -'
 *
 * When the time is up, what is written is saved by itself. Who has written
 * nothing by then is not turned away empty-handed: they may still write a
 * sentence (`extra`, EXTRA_CHARACTERS long) without a clock, because a blank
 * page helps nobody and a sentence under a running clock is no fairer. A text
 * that the server refused after the time was up can be mended the same way.
 *
 * `begin` makes the first state; `next(state, event)` returns the state after
 * an event, or the same object if the event has no meaning there. `event.now`
 * is a monotonic time in milliseconds, as from `performance.now()`.
 */

/** As long as the server takes it. */
export const MOST_CHARACTERS = 10_000;
export const EXTRA_CHARACTERS = 280;

/**
 * @param limits {timeLimitSeconds, answerSecondsLeft: number, or null for no limit,
 *   spentSeconds: of the time to answer, before this page}
 */
export function begin(limits, now) {
  const { answerSecondsLeft } = limits;
  return {
    phase: "writing", limits, begunAt: now, now, refusal: null,
    endsAt: answerSecondsLeft === null ? Infinity : now + answerSecondsLeft * 1000,
  };
}

const handlers = {
  writing: {
    tick: (state, { now, blank }) => {
      if (now < state.endsAt) return { ...state, now };
      return blank ? extra({ ...state, now }, EXTRA_CHARACTERS) : saving({ ...state, now }, true);
    },
    use: (state, { now }) => saving({ ...state, now }, false),
  },

  extra: {
    use: (state) => saving(state, false),
  },

  saving: {
    waiting: (state, { seconds, reason }) => ({ ...state, waiting: { seconds, reason } }),
    refused: (state, { message }) => ({ ...state.from, refusal: message }),
    saved: ({ byItself }) => ({ phase: "saved", byItself }),
  },

  saved: {},
};

/** The state after `event` (`{type, …}`). */
export function next(state, event) {
  const handler = handlers[state.phase][event.type];
  return handler ? handler(state, event) : state;
}

function extra({ limits, begunAt, now }, mostCharacters) {
  return { phase: "extra", limits, begunAt, now, mostCharacters, refusal: null };
}

// `from` is where a refusal leads back to: never to a clock that has run out.
function saving(state, byItself) {
  const from = byItself ? extra(state, MOST_CHARACTERS) : { ...state, refusal: null };
  return { phase: "saving", limits: state.limits, byItself, waiting: null, durationSeconds: durationSeconds(state), from };
}

/** Seconds left, rounded up; `null` where there is no limit. */
export function secondsLeft(state) {
  if (state.phase !== "writing" || state.endsAt === Infinity) return null;
  return Math.max(0, Math.ceil((state.endsAt - state.now) / 1000));
}

/** The longest text that can be written now. */
export function mostCharacters(state) {
  return state.mostCharacters ?? MOST_CHARACTERS;
}

// What thinking took is not told apart from writing, and the sentence after the
// time is a courtesy: neither counts beyond the limit.
function durationSeconds({ limits, begunAt, now }) {
  const seconds = Math.ceil(limits.spentSeconds + (now - begunAt) / 1000);
  return Math.min(Math.max(1, seconds), limits.timeLimitSeconds);
}
