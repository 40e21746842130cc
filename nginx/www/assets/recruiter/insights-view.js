import { h, icon } from "../dom.js";
import { clock } from "../format.js";
import "./speech-timeline.js";
import { heldAnalysis, problemNote, unchecked } from "./transcript-problem.js";

const STAR = { situation: "Situation", task: "Task", action: "Action", result: "Result" };
const STRENGTHS = { strong: ["Strong", "good"], moderate: ["Moderate", "accent"], weak: ["Weak", ""] };
const SENTIMENTS = { positive: "Positive", neutral: "Neutral", negative: "Negative" };

/**
 * What the analysis found in one answer, each thing with where it was said.
 *
 * @param go how to get there: {to(seconds), cite(evidence)}, and how to have a held answer analysed: {analyse()}
 * @param scope what ids begin with, where a page shows several answers
 */
export function insightsView(response, go, scope = "") {
  if (!response) return [note("No answer to this question yet.")];
  const { aiInsights: insights, transcriptStatus: state, analysisStatus, textAnswer } = response;
  const isWritten = textAnswer !== null;
  if (analysisStatus === "declined") {
    return [h("p", { class: "notice", id: `${scope}analysis-declined` }, "The candidate chose human review only. No disadvantage may follow.")];
  }
  if (!insights && analysisStatus === "held") return [heldAnalysis(response, go.analyse, scope)];
  if (!insights && state === "failed") return [note("The recording could not be transcribed, so there is no analysis. Please judge by the video.")];
  if (!insights) return [note("The analysis is under way. It appears here by itself.")];
  return [
    suggestion(insights),
    insights.redFlags.length > 0 && flags(insights.redFlags, scope),
    h("p", {}, insights.summary),
    star(insights.starFormat),
    evidence(insights.evidence, go.cite, isWritten),
    signals(insights.competencySignals),
    phrases(insights.keyPhrases),
    insights.sentimentLabel && section("Sentiment of the words", sentiment(insights)),
    isWritten ? section("Length", note(`${insights.metrics.wordCount} words`)) : speech(insights.metrics, response, go.to),
    made(insights, isWritten, scope),
  ].filter(Boolean);
}

function note(text) {
  return h("p", { class: "muted" }, text);
}

function section(title, ...content) {
  return h("section", {}, h("h3", {}, title), ...content);
}

function suggestion({ suggestedScore, confidence, basis }) {
  if (suggestedScore === null) {
    return h("div", { class: "suggestion none" }, h("p", { class: "verdict" }, h("b", {}, "No suggested score")),
      h("p", { class: "muted small" }, basis));
  }
  const [level, tone] = confidence >= 0.75 ? ["High", "good"] : confidence >= 0.45 ? ["Medium", "accent"] : ["Low", "caution"];
  return h("div", { class: "suggestion" },
    h("p", { class: "verdict" }, h("span", { class: "big figures" }, String(suggestedScore)), h("span", { class: "of" }, "/5"),
      h("b", {}, "Suggested score"),
      h("span", { class: `badge ${tone}`, title: `${Math.round(confidence * 100)} %` }, `${level} confidence`)),
    h("p", { class: "muted small" }, basis));
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
      !isWritten && h("span", { class: "stamp figures" }, clock(each.start)), h("q", {}, each.quote)),
    h("span", { class: "muted small" }, each.supports)))));
}

function signals(list) {
  if (list.length === 0) return null;
  return section("Competency signals", h("ul", { class: "signals" }, list.map(({ signal, competency, strength }) => {
    const [label, tone] = STRENGTHS[strength];
    return h("li", {}, h("span", {}, signal, h("span", { class: "muted small" }, competency)), h("span", { class: `badge ${tone}` }, label));
  })));
}

function phrases(list) {
  if (list.length === 0) return null;
  return section("Key phrases", h("ul", { class: "chips" }, list.map((phrase) => h("li", { class: "badge" }, phrase))));
}

function sentiment({ sentimentLabel, sentimentScore }) {
  return h("p", {}, SENTIMENTS[sentimentLabel] ?? sentimentLabel,
    sentimentScore !== null && h("meter", { min: "-1", max: "1", value: String(sentimentScore), "aria-label": "Sentiment score" }));
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
    metrics.method && h("p", { class: "muted small" }, `Pauses of ${pauses.thresholdSeconds} s and more, ${metrics.method.pauses === "samples" ? "measured in the sound" : "between the words’ times, as the sound was not measured"}; words by ${metrics.method.words}. ${unchecked(response)} For coaching, not for scores.`));
}

function made({ engine, transcriptQuality }, isWritten, scope) {
  const method = engine.method === "model" ? `the model ${engine.model}` : "fixed rules, no model";
  const from = isWritten ? "From what the candidate wrote." : `Transcript: ${transcriptQuality === "draft" ? "draft quality" : "good quality"}.`;
  return h("details", { id: `${scope}how-made` }, h("summary", {}, "How this was made"),
    h("p", { class: "small" }, `${engine.name} ${engine.version}, with ${method}. ${from}`),
    h("ul", { class: "small limits" }, engine.limits.map((limit) => h("li", {}, limit))),
    h("p", { class: "small" }, `A reading aid. Not made for ${engine.notFor.join(" or ")}.`));
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
  }[response.transcriptStatus];
  return h("p", { class: "muted small" }, icon("clock"), " ", text);
}
