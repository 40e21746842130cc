// The order of things: what comes next, from what is known so far. No DOM, no server.

/** Whether a question is answered in writing. */
export const isWritten = ({ type }) => type === "ASYNC_TEXT";

/** "video", "written" or "mixed": how the questions of an interview are answered. */
export function kindOf({ questions }) {
  const written = questions.filter(isWritten).length;
  return written === 0 ? "video" : written === questions.length ? "written" : "mixed";
}

/** The first question without an answer, or `undefined`. */
export const firstUnanswered = ({ interview, answers }) => interview.questions.find(({ id }) => !answers.has(id));

/**
 * The candidate's next step:
 *   "choose"  choices about consent are missing
 *   "refused" a choice was made without which the interview cannot go on here, or be submitted
 *   "review"  a take from before the page was closed waits
 *   "finish"  everything is answered
 *   "check"   camera and microphone have to be ready
 *   "begin"   the next question can be opened
 *   "late"    the deadline has passed; what was begun can be finished, if anything was
 *
 * @param session {interview, answers, consent: {complete, preventing}, kept, devices: {stream}, isLate()}
 */
export function nextStep(session) {
  const { interview, consent, kept, devices } = session;
  const question = firstUnanswered(session);
  if (!question) return consent.preventing && !session.isLate() ? "refused" : "finish";
  if (session.isLate()) return kept ? "review" : "late";
  if (!consent.complete) return "choose";
  if (consent.preventing) return "refused";
  if (kept) return "review";
  // Before the first question everything is checked; later only what the next one needs.
  const onVideo = interview.startedAt ? !isWritten(question) : kindOf(interview) !== "written";
  return onVideo && !devices.stream ? "check" : "begin";
}
