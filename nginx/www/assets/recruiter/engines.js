import { call } from "../api.js";
import { button, h, icon } from "../dom.js";
import { moment, relative } from "../format.js";
import { field, showRefusal } from "./fields.js";
import { showContent, showFailure, signedIn } from "./shell.js";

// Which engines transcribe and read answers, how they are, and what they cost.

const PURPOSES = {
  transcription: "Transcripts", rating: "Reading answers", resume: "Reading résumés", questions: "Questions for interviews",
  screening: "Screening of texts", voices: "Counting voices",
};
const LABELS = { languageModel: "The choice", transcriber: "The choice", monthlyBudgetCents: "The budget", region: "The place", wordingTone: "The choice", countsVoices: "The choice" };

async function open() {
  try {
    const [settings, usage] = await Promise.all([call("GET", "/api/ai/settings"), call("GET", "/api/ai/usage"), signedIn()]);
    draw(settings, usage);
  } catch (error) {
    if (error.status === 403) return showContent(forbidden());
    showFailure(error, open);
  }
}

function draw(settings, usage, said = "") {
  const { providers } = settings;
  showContent(
    h("div", { class: "page-head" }, h("h1", {}, "AI engines"),
      h("p", { class: "muted" }, "Who turns speech into text and reads answers. People decide.")),
    ...warnings(settings, usage),
    h("div", { class: "columns" }, form(settings, usage, said),
      providers.length === 0 && usage.byPurpose.length === 0 ? ownOnly() : use(settings.setting, usage)),
    ...providers.length === 0 ? [] : [h("section", { class: "section", "aria-labelledby": "providers-title" },
      h("h2", { id: "providers-title" }, "Providers"), h("ul", { class: "providers" }, providers.map(provider)))],
    ...usage.problems.length === 0 ? [] : [problems(usage.problems)]);
  for (const bar of document.querySelectorAll("[data-part]")) bar.style.setProperty("--part", bar.dataset.part);
}

function forbidden() {
  return h("div", { class: "face", role: "alert" }, icon("engines"), h("h1", {}, "For administrators"),
    h("p", {}, "Which engines read what candidates say, and what they may cost, is chosen by your organisation’s administrators."),
    h("a", { class: "button primary", href: "/async-interviews" }, "To all interviews"));
}

function ownOnly() {
  return h("section", { class: "card engine-form", id: "own-only", "aria-labelledby": "own-title" },
    h("h2", { id: "own-title" }, "Everything is done on this server"),
    h("p", {}, "No provider is declared on this installation, so nothing that candidates say leaves it. Speech is recognised and answers are read by simple programs: good for finding your way in a recording, and never a score."),
    h("p", { class: "muted small" }, "Whoever runs this installation can declare providers in a file that PARLEY_AI names. The README shows one."));
}

// ---- What needs somebody ---------------------------------------------------------

function warnings({ setting, providers }, { waiting, costMicroUsd }) {
  const used = providers.filter(({ name }) => name === setting.languageModel || name === setting.transcriber);
  const notice = (kind, text) => h("p", { class: `notice ${kind}`, role: "status" }, text);
  const limit = setting.monthlyBudgetCents;
  return [
    ...used.filter(({ state }) => state === "STOPPED").map(({ name, stopReason }) => notice("bad",
      `${name} does no work: ${stopReason}. Whoever runs this installation has to act. It is tried again every quarter of an hour.`)),
    ...waiting.map(({ purpose, count, since }) => notice("caution",
      `${PURPOSES[purpose]}: ${count} ${count === 1 ? "waits" : "wait"} for the provider since ${moment(since)}. After some hours the engine on this server does it.`)),
    limit !== null && costMicroUsd >= limit * 10_000 && notice("caution",
      "This month’s budget is spent: the engines on this server do the work until the next month, or until you raise it."),
  ].filter(Boolean);
}

// ---- The choice ------------------------------------------------------------------

function form({ setting, reportsWordingTone, providers }, usage, said) {
  const failure = h("p", { class: "notice bad", role: "alert", hidden: true });
  const saved = h("p", { id: "saved", class: "small", role: "status" }, said);
  const submit = button("Save", { type: "submit", class: "primary", id: "save" });
  const names = (does) => providers.filter((each) => each.does === does).map(({ name, model }) => [name, `${name} (${model})`]);
  const isMoneyless = providers.length === 0;
  const countsVoices = providers.some(({ speakersModel }) => speakersModel);
  const element = h("form", { class: "card engine-form", novalidate: true, "aria-labelledby": "choice-title", onsubmit: async (event) => {
    event.preventDefault();
    submit.disabled = true;
    saved.textContent = "";
    try {
      draw(await call("PUT", "/api/ai/settings", wanted(element, setting)), usage, "Saved.");
      document.querySelector("#save").focus();
    } catch (error) {
      submit.disabled = false;
      showRefusal(element, error, failure, LABELS);
    }
  } },
  h("h2", { id: "choice-title" }, "What is used"),
  field("To turn speech into text", select("transcriber", setting.transcriber, [["", "This server (PocketSphinx, a draft)"], ...names("TRANSCRIBER")])),
  field("To read answers and résumés", select("languageModel", setting.languageModel, [["", "This server (word rules, no score)"], ...names("LANGUAGE_MODEL")])),
  countsVoices && field("Count the voices in recordings", select("countsVoices", String(setting.countsVoices), [["true", "Yes"], ["false", "No"]]),
    "Says whether somebody else speaks too, for the cost of a second listening. Done by providers that say so below; nobody is recognised by their voice."),
  !isMoneyless && field("Most it may cost in a month, in US dollars", h("input", {
    class: "input", id: "budget", name: "monthlyBudgetCents", inputmode: "decimal", autocomplete: "off",
    value: setting.monthlyBudgetCents === null ? "" : (setting.monthlyBudgetCents / 100).toFixed(2) }),
  "Empty for no limit. What is over it is done on this server."),
  field("Where your organisation is", select("region", setting.region, [["EU", "In the European Union"], ["ELSEWHERE", "Elsewhere"]])),
  field("Tone of wording in analyses", select("wordingTone", setting.wordingTone === null ? "" : String(setting.wordingTone),
    [["", `As is usual there (${reportsWordingTone && setting.wordingTone === null ? "on" : setting.region === "EU" ? "off" : "on"})`], ["false", "Off"], ["true", "On"]]),
  "Of the words alone, never of voice or face, and in no score. The EU’s AI Act forbids to infer feelings in recruitment from voice and face."),
  failure, h("div", { class: "form-end" }, submit, saved));
  return element;
}

function select(name, chosen, options) {
  return h("select", { class: "input", id: name, name },
    options.map(([value, label]) => h("option", { value, selected: value === (chosen ?? "") }, label)));
}

function wanted(form, setting) {
  const fields = new FormData(form);
  const tone = fields.get("wordingTone");
  const budget = (fields.get("monthlyBudgetCents") ?? "").trim().replace(",", ".");
  return {
    version: setting.version, transcriber: fields.get("transcriber") || null, languageModel: fields.get("languageModel") || null,
    // What is no number is left to the server to refuse.
    monthlyBudgetCents: budget === "" ? null : /^\d+(\.\d+)?$/.test(budget) ? Math.round(Number(budget) * 100) : budget,
    region: fields.get("region"), wordingTone: tone === "" ? null : tone === "true",
    countsVoices: fields.has("countsVoices") ? fields.get("countsVoices") === "true" : setting.countsVoices,
  };
}

// ---- What it costs ---------------------------------------------------------------

const dollars = (micro) => new Intl.NumberFormat("en", {
  style: "currency", currency: "USD", maximumFractionDigits: micro > 0 && micro < 10_000 ? 4 : 2 }).format(micro / 1e6);
const counted = (number) => new Intl.NumberFormat("en", { notation: "compact" }).format(number);

function use({ monthlyBudgetCents: limit }, { since, costMicroUsd, byPurpose, byDay }) {
  const month = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" }).format(new Date(since));
  const part = limit ? Math.min(1, costMicroUsd / (limit * 10_000)) : 0;
  return h("section", { class: "card usage", id: "usage", "aria-labelledby": "usage-title" },
    h("h2", { id: "usage-title" }, month),
    byPurpose.length === 0 ? h("p", { class: "muted" }, "No provider was asked this month, and nothing was spent.") : [
      h("p", { class: "total" }, h("b", { class: "figures" }, dollars(costMicroUsd)),
        h("span", { class: "muted small" }, limit === null ? "spent, without a limit" : `of ${dollars(limit * 10_000)}`)),
      limit !== null && h("span", { class: costMicroUsd > limit * 10_000 ? "bar over" : "bar", "data-part": part, "aria-hidden": "true" }),
      h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Use by purpose" }, h("table", {},
        h("thead", {}, h("tr", {}, ["For", "Calls", "Failed", "Tokens", "Minutes", "Cost"].map((name) => h("th", { scope: "col" }, name)))),
        h("tbody", {}, byPurpose.map((each) => h("tr", {}, h("th", { scope: "row" }, PURPOSES[each.purpose]),
          [each.calls, each.failed, counted(each.inputTokens + each.outputTokens), (each.audioSeconds / 60).toFixed(1), dollars(each.costMicroUsd)]
            .map((value) => h("td", { class: "figures" }, value))))))),
      days(byDay),
    ]);
}

function days(byDay) {
  const most = Math.max(...byDay.map(({ costMicroUsd }) => costMicroUsd), 1);
  const name = (day) => new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" }).format(new Date(day));
  const words = byDay.map(({ day, calls, costMicroUsd }) => `${name(day)}: ${dollars(costMicroUsd)} for ${calls} ${calls === 1 ? "call" : "calls"}`);
  return h("figure", {},
    h("div", { class: "days", role: "img", "aria-label": `Cost by day. ${words.join("; ")}` },
      byDay.map(({ costMicroUsd }, index) => h("span", { class: "day", title: words[index], "data-part": costMicroUsd / most }))),
    h("figcaption", { class: "muted small" }, byDay.length === 1 ? name(byDay[0].day) : `${name(byDay[0].day)} to ${name(byDay.at(-1).day)}`));
}

// ---- How the providers are -------------------------------------------------------

const STATES = {
  UNKNOWN: ["", "Not used yet"], UP: ["good", "Works"], FAILING: ["caution", "Failing"], RESTING: ["caution", "Resting"], STOPPED: ["bad", "Stopped"],
};

function provider({ name, kind, does, model, smallModel, speakersModel, hasPrice, warnings, state, restingUntil, stopReason, lastError, lastErrorAt, lastSuccessAt }) {
  const [tone, label] = STATES[state];
  const small = (...text) => h("p", { class: "muted small" }, ...text);
  return h("li", { class: "card provider", id: `provider-${name}` },
    h("div", { class: "provider-head" }, h("h3", {}, name), h("span", { class: `badge ${tone}` }, label)),
    h("p", { class: "small" }, does === "TRANSCRIBER" ? "Turns speech into text" : "Reads answers and résumés", ` with ${model}`,
      smallModel && `, short work with ${smallModel}`, speakersModel && `, counts voices with ${speakersModel}`),
    stopReason && h("p", { class: "notice bad" }, `It is not called, since ${stopReason}.`),
    restingUntil && !stopReason && small(`After failures it is not called until ${moment(restingUntil)}.`),
    warnings.map((text) => h("p", { class: "notice caution" }, text)),
    lastError && small(h("span", { title: moment(lastErrorAt) }, `Last failure ${relative(lastErrorAt)}: ${lastError}`)),
    small(lastSuccessAt ? h("span", { title: moment(lastSuccessAt) }, `Last answer ${relative(lastSuccessAt)}`) : "It has answered nothing yet",
      hasPrice ? "" : ", without a price: no budget limits it", ` · ${kind}`));
}

function problems(list) {
  return h("section", { class: "card problems", "aria-labelledby": "problems-title" },
    h("h2", { id: "problems-title" }, "Failures of this month, newest first"),
    h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Failures" }, h("table", {},
      h("thead", {}, h("tr", {}, ["When", "For", "Provider", "What"].map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", {}, list.map(({ at, purpose, provider, error }) => h("tr", {},
        h("td", {}, h("time", { datetime: at, title: moment(at) }, relative(at))), h("td", {}, PURPOSES[purpose]), h("td", {}, provider), h("td", {}, error)))))));
}

open();
