import { button, h } from "../dom.js";
import { clock } from "../format.js";

const TITLES = {
  NOT_A_RECORDING: "Not a recording",
  CORRUPT_FILE: "Damaged recording",
  NO_AUDIO_TRACK: "No sound was recorded",
  SILENCE: "Nobody can be heard",
  NOISE: "Noise instead of a voice",
  MUSIC: "Music instead of a voice",
  TIMED_OUT: "Transcription took too long",
  NOT_RECOGNIZED: "Words could not be made out",
  LANGUAGE_NOT_SUPPORTED: "Another language than English",
  TEXT_REMOVED: "Words were removed",
  SEVERAL_SPEAKERS: "Several people speak",
};
// Nothing to look into: they stand with the method and not above the words.
const ABOUT_METHOD = ["SPEAKERS_NOT_CHECKED", "ONE_SPEAKER"];
const REASONS = {
  OUTSIDE_SPEECH: "where nobody speaks",
  LOOP: "the same words over and over",
  IMPROBABLE: "the engine itself doubts them",
};

/** What is wrong with the recording or its transcript, for the place where the words would be. */
export function problemNote({ transcriptProblem: problem }, scope = "", places = null) {
  return h("div", { class: "notice caution", id: `${scope}transcript-problem`, "data-code": problem.code },
    h("b", {}, TITLES[problem.code] ?? "No transcript"), h("p", {}, problem.message), places);
}

/** Where somebody else can be heard. */
function otherVoices({ voices }, to) {
  if (!voices) return null;
  return h("ul", { class: "chips voices", "aria-label": "Where another voice is heard" }, voices.others.map(({ start, end }) => h("li", {},
    button([...new Set([clock(start), clock(end)])].join(" to "), { class: "small figures", title: "Listen to the other voice", onclick: () => to(start) }))));
}

/**
 * What is said above a transcript that has words: what was removed from it and what else to know; null when nothing.
 *
 * @param to (seconds) => goes there in the recording
 */
export function transcriptRemarks(response, to, scope = "") {
  const problem = response?.transcriptProblem;
  const remarks = (response?.transcriptRemarks ?? []).filter(({ code }) => !ABOUT_METHOD.includes(code));
  const removed = response?.transcriptRemoved ?? [];
  if (!problem && remarks.length === 0 && removed.length === 0) return null;
  const count = removed.reduce((sum, each) => sum + each.wordCount, 0);
  return h("div", { class: "remarks", id: `${scope}transcript-remarks` },
    problem && problemNote(response, scope, otherVoices(problem, to)),
    remarks.flatMap((remark) => [h("p", { class: "small", "data-code": remark.code }, remark.message), otherVoices(remark, to)]),
    count > 0 && h("details", { class: "small" },
      h("summary", {}, count === 1 ? "1 word was removed" : `${count} words were removed`),
      h("ul", {}, removed.map((each) => h("li", {}, `${clock(each.start)} “${each.text}”: ${REASONS[each.reason] ?? each.reason}`)))));
}

/** What was looked into, for the line that tells the method. */
export function aboutMethod({ transcriptRemarks = [] }) {
  return transcriptRemarks.find(({ code }) => ABOUT_METHOD.includes(code))?.message ?? "";
}

/**
 * In place of insights that wait for somebody to look at the transcript.
 *
 * @param analyse () => a promise; has the answer analysed
 */
export function heldAnalysis({ transcriptProblem }, analyse, scope = "") {
  const said = h("p", { class: "small", role: "status" });
  const start = async () => {
    button.disabled = true;
    try {
      await analyse();
      said.textContent = "The analysis is under way. It appears here by itself.";
    } catch (error) {
      said.textContent = error.message;
      button.disabled = false;
    }
  };
  const button = h("button", { type: "button", class: "button small", onclick: start }, "Analyse nevertheless");
  return h("div", { class: "notice caution", id: `${scope}analysis-held` },
    h("b", {}, "Not analysed by itself"),
    h("p", {}, `${transcriptProblem?.message ?? "The transcript is doubted."} Please judge by the video, or look at the transcript and have it analysed.`),
    button, said);
}
