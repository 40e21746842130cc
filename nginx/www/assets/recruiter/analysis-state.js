import { call } from "../api.js";
import { button, h } from "../dom.js";
import { moment, relative } from "../format.js";

// Where an answer's analysis stands, in words, and having it made once more.

const WORDS = {
  declined: "The candidate chose human review only. No disadvantage may follow.",
  deleted: "The recording was deleted for good, with what was found in it.",
  failed: "The recording could not be transcribed, so there is no analysis. Please judge by the video.",
  givenUp: "The analysis failed and is not tried again by itself. Please judge by the answer itself. Whoever runs this installation can have it tried again.",
  underWay: "The analysis is under way. It appears here by itself.",
};

/** What to say in the place of insights; null where they are there and nothing is under way. */
export function analysisState({ aiInsights, transcriptStatus, transcriptProblem, analysisStatus, waitingSince, analysisRequestedAt }, scope = "") {
  if (analysisStatus === "declined") return h("p", { class: "notice", id: `${scope}analysis-declined` }, WORDS.declined);
  if (analysisStatus === "deleted") return h("p", { class: "muted", id: `${scope}analysis-deleted` }, WORDS.deleted);
  if (waitingSince) {
    return h("p", { class: "notice", id: `${scope}analysis-waiting` },
      "The AI service has not answered since ", time(waitingSince), ". It is asked again by itself; if that takes too long, fixed rules do what they can, and the result says so.");
  }
  if (!aiInsights && analysisStatus === "failed") return h("p", { class: "notice", id: `${scope}analysis-given-up` }, WORDS.givenUp);
  if (!aiInsights && transcriptStatus === "failed") return h("p", { class: "muted" }, [transcriptProblem?.message, WORDS.failed].filter(Boolean).join(" "));
  if (!aiInsights) return h("p", { class: "muted" }, WORDS.underWay);
  if (analysisRequestedAt) {
    return h("p", { class: "notice", id: `${scope}analysis-requested` }, "Asked for once more ", time(analysisRequestedAt), ". The new result appears here by itself; this one is kept.");
  }
  return null;
}

function time(moment_) {
  return h("time", { datetime: moment_, title: moment(moment_) }, relative(moment_));
}

/**
 * Asks for an answer to be analysed once more.
 *
 * @param requested called when it is under way
 */
export function analyzeAgain(interviewId, { questionId, aiInsights, analysisRequestedAt, waitingSince }, requested) {
  if (!aiInsights || analysisRequestedAt || waitingSince) return null;
  const status = h("span", { class: "small", role: "status" });
  const ask = button("Analyse once more", {
    class: "small", id: "analyze-again", title: "This result is kept among the earlier ones",
    onclick: async () => {
      ask.disabled = true;
      status.textContent = "Asking…";
      try {
        await call("POST", `/api/async-interviews/${interviewId}/analyze`, { questionId });
        await requested();
      } catch (error) {
        ask.disabled = false;
        status.textContent = error.message;
      }
    },
  });
  return h("p", { class: "again" }, ask, status);
}
