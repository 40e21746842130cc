import { call, Problem } from "../api.js";
import { h, icon } from "../dom.js";
import { duration } from "../format.js";
import { cards } from "./analytics-cards.js";
import { assessmentChoice, newestAssessments } from "./assessment-choice.js";
import { followLinks } from "./links.js";
import { showContent, showFailure, signedIn } from "./shell.js";
import { instantOf, localOf, ownZone } from "./zoned.js";

// What became of the interviews that were sent in a period. The period, in days of the reader's own zone,
// and the assessment stand in the address.

const DAY = 86_400_000;
const PERIODS = [7, 30, 90, 365];
const ANY = { id: "", title: "All assessments", jobTitle: "", status: "ACTIVE" };

/** {from, to: days, `to` included; assessmentId} */
function asked() {
  const query = new URLSearchParams(location.search);
  const isDay = (text) => /^\d{4}-\d{2}-\d{2}$/.test(text ?? "") && !Number.isNaN(Date.parse(text));
  const today = localOf(Date.now(), ownZone()).slice(0, 10);
  const to = isDay(query.get("to")) ? query.get("to") : today;
  const from = isDay(query.get("from")) ? query.get("from") : daysBefore(to, 29);
  return { from, to, assessmentId: query.get("assessmentId") ?? "", today };
}

const daysBefore = (day, days) => new Date(Date.parse(day) - days * DAY).toISOString().slice(0, 10);

/** The query that the server is asked: from the first day's beginning to the last one's end. */
function query({ from, to, assessmentId }) {
  const start = instantOf(`${from}T00:00`, ownZone()) ?? Date.parse(from);
  const end = instantOf(`${daysBefore(to, -1)}T00:00`, ownZone()) ?? Date.parse(to) + DAY;
  return new URLSearchParams({ from: new Date(start).toISOString(), to: new Date(end).toISOString(), ...(assessmentId && { assessmentId }) });
}

let loading = 0;

async function open({ refocus = null } = {}) {
  const number = ++loading;
  const view = asked();
  const main = document.querySelector("main");
  main.setAttribute("aria-busy", "true");
  try {
    const [assessments, analytics] = await Promise.all([newestAssessments(), count(view), signedIn()]);
    if (number !== loading) return; // Another period was asked for meanwhile.
    showContent(head(view), choices(view, assessments), ...(analytics ? report(analytics, view) : [refusal()]));
    if (refocus) document.querySelector(refocus)?.focus();
  } catch (error) {
    if (number === loading) showFailure(error, () => open());
  }
}

/** What the server counts; null when it refuses the period. */
async function count(view) {
  try {
    return await call("GET", `/api/analytics?${query(view)}`);
  } catch (error) {
    if (error instanceof Problem && error.errors.some(({ field }) => field === "from")) return null;
    throw error;
  }
}

const refusal = () => h("p", { class: "notice bad", role: "alert", id: "refusal" }, "A period begins before it ends, and is a year at most. Choose other days.");

function go(values, refocus) {
  const { from, to, assessmentId } = { ...asked(), ...values };
  history.pushState(null, "", `/analytics?${new URLSearchParams({ from, to, ...(assessmentId && { assessmentId }) })}`);
  open({ refocus });
}

// ---- What is asked for --------------------------------------------------------------------------

function head(view) {
  return h("div", { class: "page-head" }, h("h1", {}, "Analytics"), h("div", { class: "page-actions" },
    h("a", { class: "button", id: "export", download: true, href: `/api/analytics/export.csv?${query(view)}` }, "Export CSV")));
}

function choices(view, assessments) {
  const day = (name, label, value) => h("div", { class: "field" }, h("label", { for: name }, label),
    h("input", { class: "input", id: name, type: "date", value, required: true, max: name === "from" ? view.to : null,
      onchange: ({ target }) => target.value && go({ [name]: target.value }, `#${name}`) }));
  const chosen = view.assessmentId ? assessments.find(({ id }) => id === view.assessmentId) ?? { id: view.assessmentId, title: "The assessment asked for", jobTitle: "", status: "ACTIVE" } : ANY;
  return h("div", { class: "period", role: "group", "aria-label": "What is counted" },
    day("from", "Sent from", view.from), day("to", "to", view.to),
    assessmentChoice([ANY, ...assessments], chosen, (assessmentId) => go({ assessmentId }, "#assessment")),
    h("nav", { class: "filters", "aria-label": "Period" }, PERIODS.map((days) => h("a", {
      class: "filter", href: `/analytics?${new URLSearchParams({ from: daysBefore(view.today, days - 1), to: view.today, ...(view.assessmentId && { assessmentId: view.assessmentId }) })}`,
      "aria-current": view.to === view.today && view.from === daysBefore(view.today, days - 1) ? "true" : null,
    }, `Last ${days} days`))));
}

// ---- The answer --------------------------------------------------------------------------------

function report(analytics, view) {
  if (analytics.interviews === 0 && analytics.live.scheduled === 0) {
    return [h("div", { class: "face card" }, icon("analytics"), h("h2", {}, "Nothing was sent in this time"),
      h("p", {}, "This page shows how far invitations come, how long it takes, where candidates leave, and how people score. Choose a longer period, or send an interview."),
      h("a", { class: "button", href: "/async-interviews/new" }, "New interview"))];
  }
  return [h("p", { class: "muted", id: "basis" }, basis(analytics)), h("div", { class: "cards" }, cards(analytics, { isOne: view.assessmentId !== "" }))];
}

function basis({ interviews, isComplete, leastCount, timeToSubmission }) {
  const number = new Intl.NumberFormat("en").format(interviews);
  return [
    isComplete ? `${number} ${interviews === 1 ? "video interview was" : "video interviews were"} sent in this time.` : `More than ${number} video interviews were sent in this time; the newest ${number} are counted.`,
    timeToSubmission.median !== null && `Half of those who submitted did so within ${duration(timeToSubmission.median)}.`,
    `What rests on fewer than ${leastCount} cases is called “not enough data”. Scores are of finished reviews.`,
  ].filter(Boolean).join(" ");
}

// Another period changes the address and the page's content, not the whole page.
followLinks(".filters a", () => open({ refocus: ".filters [aria-current]" }), open);

open();
