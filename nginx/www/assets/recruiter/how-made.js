import { call } from "../api.js";
import { button, h } from "../dom.js";
import { moment, relative } from "../format.js";

// How a result came about: its engine, what the engine was asked and how often, and earlier results.

const UNKNOWN = "not recorded";

/**
 * The disclosure under an analysis. Its details are fetched when it is opened.
 *
 * @param response the answer @param place {interviewId, scope, isWritten}
 */
export function howMade(response, { interviewId, scope = "", isWritten }) {
  const { engine, transcriptQuality, rating } = response.aiInsights;
  const details = h("div", { class: "stack" });
  const method = engine.method === "model" ? `the model ${engine.model}` : "fixed rules, no model";
  const from = isWritten ? "From what the candidate wrote." : `Transcript: ${transcriptQuality === "draft" ? "draft quality" : "good quality"}.`;
  let isFetched = false;
  const show = async () => {
    if (isFetched) return;
    isFetched = true;
    details.replaceChildren(h("p", { class: "small muted", role: "status" }, "Loading the records…"));
    try {
      const { analyses } = await call("GET", `/api/async-interviews/${interviewId}/analyses/${response.questionId}`);
      details.replaceChildren(...history(analyses, scope));
    } catch (error) {
      isFetched = false;
      details.replaceChildren(h("p", { class: "small", role: "alert" }, `The records could not be loaded: ${error.message} `), button("Try again", { class: "small", onclick: show }));
    }
  };
  return h("details", { id: `${scope}how-made`, class: "how-made", ontoggle: ({ target }) => { if (target.open) show(); } },
    h("summary", {}, "How this was made"),
    h("p", { class: "small" }, `${engine.name} ${engine.version}, with ${method}. ${from}`),
    h("ul", { class: "small limits" }, engine.limits.map((limit) => h("li", {}, limit))),
    h("p", { class: "small" }, `A reading aid. Not made for ${engine.notFor.join(" or ")}.`),
    rating && confidence(rating),
    details);
}

function confidence({ confidenceFactors: { agreement, transcript, evidence } }) {
  const percent = (share) => `${Math.round(share * 100)} %`;
  return h("p", { class: "small" },
    `The confidence is worked out, not the model’s own: agreement of its ratings ${percent(agreement)} × sureness of the transcript ${percent(transcript)} × evidence ${percent(evidence)} (three passages are full).`);
}

function history(analyses, scope) {
  if (analyses.length === 0) return [h("p", { class: "small muted" }, "This result is older than the records of how results are made.")];
  const [shown, ...earlier] = analyses;
  return [
    ...record(shown, scope),
    earlier.length > 0 && h("section", {}, h("h4", {}, `Earlier results (${earlier.length})`),
      h("ol", { class: "earlier", id: `${scope}earlier-results` }, earlier.map((each) => h("li", {}, h("details", {},
        h("summary", {}, h("time", { datetime: each.createdAt, title: moment(each.createdAt) }, relative(each.createdAt)), `: ${verdict(each)}`),
        ...record(each, scope)))))),
  ].filter(Boolean);
}

function verdict({ suggestedScore, method, model, engineName, withdrawnAt }) {
  const by = method === "model" ? model : engineName;
  if (withdrawnAt) return `removed when the candidate refused analysis (${by})`;
  return `${suggestedScore === null ? "no score" : `${suggestedScore} of 5`}, by ${by}`;
}

function record(analysis, scope) {
  const { createdAt, requestedBy, basis, method, rating } = analysis;
  const asked = requestedBy ? `, asked for by ${requestedBy.name}` : "";
  return [
    h("p", { class: "small" }, "Made ", h("time", { datetime: createdAt }, moment(createdAt)), `${asked}. ${basis ?? ""}`),
    rating && samples(rating, scope),
    facts(method === "model" ? ofModel(analysis) : ofRules(analysis)),
  ].filter(Boolean);
}

function samples({ samples: all, quoteGroundingRate, droppedQuotes, withheldWords }, scope) {
  const found = quoteGroundingRate === null ? "It quoted nothing."
    : `${Math.round(quoteGroundingRate * 100)} % of its quotations stand in the answer; ${droppedQuotes === 0 ? "none was" : `${droppedQuotes} ${droppedQuotes === 1 ? "was" : "were"}`} dropped.`;
  return h("div", { class: "stack" },
    h("table", { class: "samples small", "aria-label": "Each time the model was asked" },
      h("thead", {}, h("tr", {}, ["Asked", "Score", "Quotes", "Reasons"].map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", {}, all.map((sample, index) => h("tr", {},
        h("th", { scope: "row" }, String(index + 1)),
        h("td", { class: "figures" }, sample.score === null ? "none" : String(sample.score)),
        h("td", { class: "figures" }, sample.dropped > 0 ? `${sample.quotes}, ${sample.dropped} dropped` : String(sample.quotes)),
        h("td", {}, [sample.problem, sample.rationale].filter(Boolean).join(" ")))))),
    h("p", { class: "small", id: `${scope}grounding` }, found),
    withheldWords > 0 && h("p", { class: "small" }, `${withheldWords} words were not shown to the model, since they speak to whoever rates.`));
}

function ofModel({ engineName, model, promptName, promptVersion, schemaVersion, attempts, requestIds, inputSha256, costMicroUsd }) {
  return [
    ["Engine", engineName], ["Model", model], ["Prompt", `${promptName}, version ${promptVersion}`], ["Schema", schemaVersion],
    ["Requests", attempts === null ? UNKNOWN : String(attempts)], ["Request ids", (requestIds ?? []).join(", ") || UNKNOWN],
    ["Hash of the input", inputSha256],
    ["Cost", costMicroUsd === null ? "no price stated" : `$ ${(costMicroUsd / 1e6).toFixed(4)}`],
  ];
}

function ofRules({ engineName, engineVersion, textSha256 }) {
  return [["Engine", `${engineName} ${engineVersion}`], ["Model", "none"], ["Hash of the text", textSha256], ["Cost", "none"]];
}

function facts(list) {
  return h("dl", { class: "made small" }, list.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value ?? UNKNOWN))));
}
