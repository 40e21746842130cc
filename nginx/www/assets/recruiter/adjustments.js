import { call, Problem, Unreachable } from "../api.js";
import { button, h } from "../dom.js";

const MULTIPLIERS = [1, 1.25, 1.5, 2, 3];
const TAKES = [0, 1, 2, 3];
const UNWATCHED = {
  FULLSCREEN: ["No fullscreen", "The page neither asks for fullscreen nor notes when it is left. Helps with magnifiers and other assistive software."],
  GAZE: ["No face or gaze monitoring", "The camera’s picture is not searched for faces. Helps whoever looks elsewhere while they think."],
};

/** Whether adjustments can still change anything. */
export function canAdjust({ status }) {
  return ["DRAFT", "SENT", "OPENED", "IN_PROGRESS"].includes(status);
}

/**
 * Shows and changes what one candidate is given beyond the usual terms.
 * `saved` is called when the server has it.
 */
export async function openAdjustments({ id, candidate }, saved) {
  const address = `/api/async-interviews/${id}/accommodations`;
  await askAdjustments(candidate, () => call("GET", address), async (wanted) => {
    await call("PUT", address, wanted);
    saved();
  });
}

/** What a candidate is given unless something else is arranged. */
export const usual = { timeMultiplier: 1, untimedThinking: false, extraTakes: 0, withoutMonitoring: [] };

/**
 * Asks what one candidate is given.
 *
 * @param load resolves with what they are given so far
 * @param keep is called with what they are to be given; the dialog stays open when it rejects
 */
export async function askAdjustments(candidate, load, keep) {
  const body = h("div", { class: "body" }, h("p", { class: "muted", role: "status" }, "Loading…"));
  const dialog = h("dialog", { class: "card adjustments", id: "adjustments", "aria-labelledby": "adjustments-title", onclose: () => dialog.remove() },
    h("h2", { id: "adjustments-title" }, `Adjustments for ${candidate.name}`),
    h("p", { class: "muted small" }, "What makes this interview fair for this candidate. Those who score the answers do not see it."), body);
  document.body.append(dialog);
  dialog.showModal();
  try {
    body.replaceChildren(form(await load(), dialog, async (wanted) => {
      await keep(wanted);
      dialog.close();
    }));
    dialog.querySelector("input:checked")?.focus();
  } catch (error) {
    body.replaceChildren(h("p", { class: "notice", role: "alert" }, sentence(error)), actions(dialog));
  }
}

function form({ timeMultiplier, untimedThinking, extraTakes, withoutMonitoring }, dialog, save) {
  const failure = h("p", { class: "notice bad", role: "alert", hidden: true });
  const times = [...new Set([...MULTIPLIERS, timeMultiplier])].sort((a, b) => a - b);
  const submit = button("Save", { type: "submit", class: "primary", id: "save-adjustments" });
  const element = h("form", {
    onsubmit: async (event) => {
      event.preventDefault();
      submit.disabled = true;
      try {
        await save(wanted(element));
      } catch (error) {
        failure.textContent = sentence(error);
        failure.hidden = false;
      } finally {
        submit.disabled = false;
      }
    },
  },
  choices("timeMultiplier", "Time to think and to answer", times, timeMultiplier, (value) => (value === 1 ? "usual" : `${value}×`)),
  tick("untimedThinking", "", untimedThinking, "No limit on thinking time", "Recording begins when the candidate says so."),
  choices("extraTakes", "More takes for each question", TAKES, extraTakes, (value) => (value === 0 ? "none" : `+${value}`)),
  h("fieldset", {}, h("legend", {}, "Monitoring"), Object.entries(UNWATCHED).map(([value, [label, note]]) => tick(
    "withoutMonitoring", value, withoutMonitoring.includes(value), label, note))),
  failure, actions(dialog, submit));
  return element;
}

function wanted(form) {
  const fields = new FormData(form);
  return {
    timeMultiplier: Number(fields.get("timeMultiplier")), untimedThinking: fields.has("untimedThinking"),
    extraTakes: Number(fields.get("extraTakes")), withoutMonitoring: fields.getAll("withoutMonitoring"),
  };
}

function choices(name, legend, values, current, label) {
  return h("fieldset", {}, h("legend", {}, legend), h("div", { class: "choices" }, values.map((value) => h("label", {},
    h("input", { type: "radio", name, value: String(value), checked: value === current }), label(value)))));
}

function tick(name, value, checked, label, note) {
  return h("label", { class: "tick" }, h("input", { type: "checkbox", name, value, checked }),
    h("span", {}, label, h("span", { class: "muted small" }, note)));
}

function actions(dialog, submit = null) {
  return h("div", { class: "actions" }, submit, button(submit ? "Cancel" : "Close", { class: submit ? "quiet" : "", onclick: () => dialog.close() }));
}

function sentence(error) {
  if (error instanceof Unreachable) return "No connection: nothing was changed. Please try again.";
  if (!(error instanceof Problem)) throw error;
  if (error.status === 403) return "Adjustments are confidential: only the person who created this interview and administrators can see and change them. Please ask one of them.";
  return error.message;
}
