import { h, icon } from "../dom.js";
import { clock } from "../format.js";
import { analysisState } from "./analysis-state.js";
import { howMade } from "./how-made.js";
import "./speech-timeline.js";
import { aboutMethod, heldAnalysis, problemNote } from "./transcript-problem.js";

const STAR = { situation: "Situation", task: "Task", action: "Action", result: "Result" };
const STRENGTHS = { strong: ["Strong", "good"], moderate: ["Moderate", "accent"], weak: ["Weak", ""] };
const TONES = { positive: "Positive", neutral: "Neutral", negative: "Negative" };

/**
 * What the analysis found in one answer, each thing with where it was said.
 *
 * @param go how to get there: {to(seconds), cite(evidence)}, and how to have a held answer analysed: {analyse()}
 * @param interviewId whose answer it is
 * @param scope what ids begin with, where a page shows several answers
 */
export function insightsView(response, go, interviewId, scope = "") {
  if (!response) return [note("No answer to this question yet.")];
  const state = analysisState(response, scope);
  const { aiInsights: insights, analysisStatus, textAnswer } = response;
  const isWritten = textAnswer !== null;
  if (!insights && analysisStatus === "held") return [heldAnalysis(response, go.analyse, scope)];
  if (!insights || analysisStatus === "declined") return [state];
  return [
    state,
    suggestion(insights, scope),
    injections(insights.flags ?? [], isWritten ? go.cite : null, scope),
    insights.redFlags.length > 0 && flags(insights.redFlags, scope),
    h("p", {}, insights.summary),
    star(insights.starFormat),
    evidence(insights.evidence, go.cite, isWritten),
    signals(insights.competencySignals),
    matches(insights.rubricMatches ?? []),
    phrases(insights.keyPhrases),
    insights.wordingTone && section("Wording, not feelings", tone(insights.wordingTone)),
    isWritten && section("Length", note(`${insights.metrics.wordCount} words`)),
    !isWritten && state !== "failed" && speech(insights.metrics, response, go.to),
    howMade(response, { interviewId, scope, isWritten }),
  ].filter(Boolean);
}

function note(text) {
  return h("p", { class: "muted" }, text);
}

function section(title, ...content) {
  return h("section", {}, h("h3", {}, title), ...content);
}

function suggestion({ suggestedScore, confidence, basis, engine, rating }, scope) {
  const by = engine.method === "model" ? h("p", { class: "small" }, "Suggested by the AI model ", h("b", {}, engine.model), ". A person decides.") : null;
  const spread = rating?.lowAgreement && h("p", { class: "notice caution small", id: `${scope}low-agreement` },
    h("b", {}, "Low agreement. "), `Asked ${rating.samples.length} times, the model answered ${scores(rating)}. Rely on your own reading.`);
  if (suggestedScore === null) {
    return h("div", { class: "suggestion none" }, h("p", { class: "verdict" }, h("b", {}, "No suggested score")),
      h("p", { class: "muted small" }, basis), spread);
  }
  const [level, tone] = confidence >= 0.75 ? ["High", "good"] : confidence >= 0.45 ? ["Medium", "accent"] : ["Low", "caution"];
  return h("div", { class: "suggestion" },
    h("p", { class: "verdict" }, h("span", { class: "big figures" }, String(suggestedScore)), h("span", { class: "of" }, "/5"),
      h("b", {}, "Suggested score"),
      h("span", { class: `badge ${tone}`, title: `${Math.round(confidence * 100)} %` }, `${level} confidence`),
      rating && rating.lowest !== rating.highest && h("span", { class: "badge", title: "The lowest and the highest of its ratings" }, `${rating.lowest} to ${rating.highest}`)),
    by, h("p", { class: "muted small" }, basis), spread);
}

function scores({ samples }) {
  return samples.map(({ score }) => score ?? "none").join(", ");
}

/** The passages of an answer that its analysis speaks of. */
export function citedIn(response) {
  const { evidence = [], flags = [] } = response?.aiInsights ?? {};
  return response?.textAnswer ? [...evidence, ...flags.filter(({ passage }) => passage).map((flag) => ({ ...flag, supports: flag.detail, isFlag: true }))] : evidence;
}

function injections(list, cite, scope) {
  if (list.length === 0) return null;
  return h("div", { class: "notice caution", id: `${scope}injections` },
    h("b", {}, "Not meant for people"),
    h("p", { class: "small" }, "This answer holds what may be meant for a machine that rates it. No model was shown it. It can be innocent: please read it yourself."),
    h("ul", {}, list.map((each) => h("li", {}, each.detail, " ", each.passage && (cite
      ? h("button", { type: "button", class: "jump inline", onclick: () => cite(each) }, h("q", {}, each.passage)) : h("q", {}, each.passage))))));
}

function flags(redFlags, scope) {
  return h("div", { class: "notice caution", id: `${scope}red-flags` }, h("b", {}, "Worth a second look"),
    h("ul", {}, redFlags.map((flag) => h("li", {}, flag))));
}

function star(format) {
  return section("STAR", h("ul", { class: "chips" }, Object.entries(STAR).map(([key, label]) => h("li", {
    class: `star ${format[key] ? "found" : "missing"}`,
  }, h("b", { "aria-hidden": "true" }, label[0]), label, h("span", { class: "visually-hidden" }, format[key] ? ": found" : ": not found"),
  h("span", { "aria-hidden": "true" }, format[key] ? "✓" : "–")))));
}

function evidence(quotes, cite, isWritten) {
  if (quotes.length === 0) return null;
  return section("Evidence", h("ul", { class: `quotes ${isWritten ? "written" : ""}` }, quotes.map((each) => h("li", {},
    h("button", { type: "button", class: "jump", onclick: () => cite(each) },
      !isWritten && each.end > 0 && h("span", { class: "stamp figures" }, clock(each.start)), h("q", {}, each.quote)),
    h("span", { class: "muted small" }, each.supports)))));
}

function signals(list) {
  if (list.length === 0) return null;
  return section("Competency signals", h("ul", { class: "signals" }, list.map(({ signal, competency, strength }) => {
    const [label, tone] = STRENGTHS[strength];
    return h("li", {}, h("span", {}, signal, h("span", { class: "muted small" }, competency)), h("span", { class: `badge ${tone}` }, label));
  })));
}

function matches(list) {
  if (list.length === 0) return null;
  return section("Words shared with the rubric", h("ul", { class: "matches" }, list.map(({ level, label, explanation, terms }) => h("li", {},
    h("b", {}, `${level} ${label}`), h("span", { class: "muted small" }, explanation ?? terms.join(", "))))));
}

function phrases(list) {
  if (list.length === 0) return null;
  return section("Key phrases", h("ul", { class: "chips" }, list.map((phrase) => h("li", { class: "badge" }, phrase))));
}

function tone({ label, score, positive, negative, note: basis }) {
  const counted = [[positive, "of success"], [negative, "of trouble"]].filter(([words]) => words.length > 0)
    .map(([words, kind]) => `Words ${kind}: ${words.join(", ")}.`);
  return h("div", {}, h("p", {}, TONES[label] ?? label, h("meter", { min: "-1", max: "1", value: String(score), "aria-label": "Tone of the wording, from negative to positive" })),
    h("p", { class: "muted small" }, [...counted, basis].join(" ")));
}

function speech(metrics, response, seek) {
  const { pauses, fillers, repetitions, vocalizations } = metrics;
  const timeline = h("speech-timeline", { onseek: ({ detail }) => seek(detail) });
  timeline.show(response.transcriptWords, metrics);
  const figure = (value, label, title) => h("div", { title }, h("dt", {}, label), h("dd", { class: "figures" }, value));
  const seconds = (value) => (value === null ? "–" : `${value.toFixed(1)} s`);
  // Insights that were made earlier know less.
  const isLeast = metrics.fillerLowerBound ?? fillers.lowerBound;
  return section("Speech", timeline,
    h("p", { class: "legend muted small", "aria-hidden": "true" }, h("span", { class: "key speech" }, "speech"), h("span", { class: "key pause" }, "pause over 1 s"), h("span", { class: "key filler" }, "filler"),
      vocalizations?.count > 0 && h("span", { class: "key vocalization" }, "sound without a word")),
    h("dl", { class: "figures-grid" },
      figure(String(Math.round(metrics.wordsPerMinute)), "words a minute", `${metrics.wordCount} words${metrics.articulationRate ? `; ${metrics.articulationRate.toFixed(1)} syllables a second of speech` : ""}`),
      figure(`${isLeast ? "≥ " : ""}${fillers.count}`, "fillers", `${fillers.possible.length} more may be fillers or mean what they say${isLeast ? ". At least so many: recognisers leave fillers out" : ""}`),
      repetitions && figure(String(repetitions.count + (repetitions.falseStartCount ?? 0)), "restarts", `${repetitions.count} repetitions, ${repetitions.falseStartCount ?? 0} false starts`),
      figure(String(pauses.longCount), "long pauses", `${pauses.count} pauses over ${pauses.thresholdSeconds} s`),
      figure(seconds(pauses.longestSeconds), "longest pause", pauses.medianSeconds === null ? undefined : `The median is ${pauses.medianSeconds.toFixed(2)} s; nine of ten are shorter than ${pauses.p90Seconds.toFixed(2)} s`),
      figure(seconds(metrics.responseLatencySeconds), "until first word"),
      figure(`${Math.round((100 * metrics.speakingSeconds) / Math.max(1, metrics.durationSeconds))} %`, "spent speaking"),
      metrics.wordsPerSentence && figure(metrics.wordsPerSentence.toFixed(1), "words a sentence")),
    metrics.method && h("p", { class: "muted small" }, `Pauses of ${pauses.thresholdSeconds} s and more, ${metrics.method.pauses === "samples" ? "measured in the sound" : "between the words’ times, as the sound was not measured"}; words by ${metrics.method.words}. ${aboutMethod(response)} For coaching, not for scores.`));
}

/** A face for the panel while the transcript is missing. */
export function transcriptNote(response, scope = "") {
  if (!response) return null;
  if (response.transcriptStatus === "declined") {
    return h("p", { class: "muted small", id: `${scope}transcript-declined` },
      "The candidate chose not to have this answer transcribed. No disadvantage may follow: please judge by what you see and hear.");
  }
  if (response.transcriptProblem) return problemNote(response, scope);
  const text = {
    pending: "The transcript is about to be made.",
    processing: "The transcript is being made. It appears here by itself.",
    failed: "The recording could not be transcribed.",
    complete: "No words were recognised in this recording.",
    deleted: "The transcript was deleted with the recording.",
  }[response.transcriptStatus];
  return h("p", { class: "muted small" }, icon("clock"), " ", text);
}
