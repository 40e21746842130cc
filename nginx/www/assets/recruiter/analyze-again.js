import { call, isPassing } from "../api.js";
import { button, h } from "../dom.js";
import { moment, relative } from "../format.js";
import { openDialog } from "./dialog.js";

// Having all answers to an assessment analysed once more, what became of it, and having no more of it.

const LOOK_MS = 3000;
const STATES = {
  WAITING: ["Waits for the engine", "accent"], SENT: ["With the provider", "accent"], ONE_BY_ONE: ["Under way", "accent"], ENDED: ["Done", "good"],
};
const isUnderWay = ({ state }) => state !== "ENDED";
// Answers that go one by one stand in nobody's way: those that are still under way are left out.
const isInTheWay = ({ state }) => state === "WAITING" || state === "SENT";
const counted = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;

/** Opens the dialog for an assessment that was sent to somebody. */
export function openAnalyses({ id, title }) {
  const body = h("div", { class: "analyses" }, h("p", { class: "muted", role: "status" }, "Loading…"));
  const said = h("p", { class: "small", id: "analyses-said", role: "status" });
  let timer = null;
  /** What is on the page, as it came. What is pressed must not be replaced meanwhile: only something new is drawn. */
  let drawn = null;
  const dialog = openDialog("analyses", "Analyse answers again", (close) => [
    h("p", { class: "muted small" }, title), body, said,
    h("div", { class: "actions" }, button("Close", { class: "quiet", onclick: close }))]);
  dialog.addEventListener("close", () => clearTimeout(timer));

  async function look() {
    clearTimeout(timer);
    try {
      const found = await call("GET", `/api/assessments/${id}/analyses`);
      draw(found);
      if (!found.batches.some(isUnderWay)) said.textContent = "";
      else if (dialog.open) timer = setTimeout(look, LOOK_MS);
    } catch (error) {
      if (isPassing(error) && dialog.open && body.dataset.state === "ready") {
        said.textContent = `${error.message} Trying again…`;
        timer = setTimeout(look, LOOK_MS);
      } else {
        drawn = null;
        body.replaceChildren(h("div", { class: "notice bad", role: "alert" }, h("p", {}, error.message), button("Try again", { class: "small", onclick: look })));
      }
    }
  }

  function draw(found) {
    if (said.textContent.endsWith("Trying again…")) said.textContent = "";
    if (drawn === JSON.stringify(found)) return;
    drawn = JSON.stringify(found);
    const { answers, batches } = found;
    const focused = body.contains(document.activeElement) ? document.activeElement.id : "";
    const start = button(`Analyse ${counted(answers.ready, "answer")}`, { class: "primary", id: "analyze-all", onclick: () => ask(start) });
    start.disabled = answers.ready === 0 || batches.some(isInTheWay);
    body.dataset.state = "ready";
    body.replaceChildren(
      h("p", {}, "For another engine than before, or to see whether one rates as it did. Each answer keeps its earlier results, and no score of a person changes. A hosted model gets all answers in one batch: half its price, and up to a day."),
      left(answers), h("div", {}, start), history(batches, cancel));
    if (focused) (body.querySelector(`[id="${focused}"]:not(:disabled)`) ?? dialog.querySelector(".actions button")).focus();
  }

  async function cancel(batch, pressed) {
    pressed.disabled = true;
    said.textContent = "Cancelling…";
    try {
      await call("POST", `/api/assessments/${id}/analyses/${batch}/cancel`);
      said.textContent = "What is done by now counts.";
      await look();
    } catch (error) {
      pressed.disabled = false;
      said.textContent = error.message;
    }
  }

  async function ask(start) {
    start.disabled = true;
    said.textContent = "Asking…";
    try {
      const { requested, left: rest } = await call("POST", `/api/assessments/${id}/analyze`);
      said.textContent = `${counted(requested, "answer")} will be analysed again.${rest > 0 ? ` ${counted(rest, "answer")} can follow when these are done.` : ""}`;
      await look();
    } catch (error) {
      start.disabled = false;
      said.textContent = error.message;
    }
  }

  look();
}

/** Why some answers are left out; nothing when none is. */
function left({ declined, noTranscript, held, underWay }) {
  const reasons = [
    declined > 0 && `${counted(declined, "answer")} of candidates who chose human review only`,
    noTranscript > 0 && `${counted(noTranscript, "answer")} without a transcript`,
    held > 0 && `${counted(held, "answer")} whose transcript somebody has to look at first`,
    underWay > 0 && `${counted(underWay, "answer")} being analysed now`,
  ].filter(Boolean);
  return reasons.length === 0 ? null : h("div", { class: "small", id: "left-out" }, "Left out:", h("ul", {}, reasons.map((reason) => h("li", {}, reason))));
}

function history(batches, cancel) {
  if (batches.length === 0) return h("p", { class: "muted small", id: "no-batches" }, "Nobody has asked for this yet.");
  return h("section", { "aria-labelledby": "batches-title" }, h("h3", { id: "batches-title" }, "Until now"),
    h("ul", { class: "batches" }, batches.map((batch) => batchView(batch, cancel))));
}

function batchView({ id, state, requestedBy, createdAt, cancelledBy, provider, model, answers, analysed, failures, costMicroUsd }, cancel) {
  const [label, tone] = !cancelledBy ? STATES[state] : isUnderWay({ state }) ? ["Being cancelled", "accent"] : ["Cancelled", ""];
  const cost = costMicroUsd === null ? "" : `, ${(costMicroUsd / 1e6).toLocaleString("en", { style: "currency", currency: "USD", maximumFractionDigits: 4 })}`;
  return h("li", { "data-state": state },
    h("p", {}, h("span", { class: `badge ${tone}` }, label), " ", h("b", {}, `${analysed} of ${counted(answers, "answer")}`), " analysed"),
    h("p", { class: "muted small" }, h("time", { datetime: createdAt, title: moment(createdAt) }, relative(createdAt)), ` by ${requestedBy.name}`,
      provider ? `, with ${provider} (${model})` : "", cost, cancelledBy && `, cancelled by ${cancelledBy.name}`),
    failures.length > 0 && h("ul", { class: "small" }, failures.map((each) => h("li", {}, `${counted(each.answers, "answer")} kept the earlier result: ${each.reason}`))),
    isUnderWay({ state }) && !cancelledBy && button("Cancel this analysis", { class: "small", id: `cancel-${id}`, onclick: ({ currentTarget }) => cancel(id, currentTarget) }));
}
