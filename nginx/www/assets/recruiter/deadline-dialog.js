import { button, h } from "../dom.js";
import { moment } from "../format.js";

const DAY = 86_400_000;
const steps = [["One day", DAY], ["Three days", 3 * DAY], ["One week", 7 * DAY]];

/**
 * Asks for a new deadline of one or more interviews. `move` gets it as ISO 8601, and answers with a
 * sentence when it was refused.
 */
export function openDeadline(interviews, move) {
  const [only] = interviews;
  const latest = Math.max(Date.now(), ...interviews.map(({ deadlineAt }) => Date.parse(deadlineAt)));
  const input = h("input", { class: "input", id: "deadline", type: "datetime-local", required: true, "aria-describedby": "deadline-failure deadline-note" });
  const failure = h("p", { class: "field-error", role: "alert", id: "deadline-failure" });
  const submit = button("Move deadline", { type: "submit", class: "primary", id: "save-deadline" });
  const suggest = (later) => { input.value = local(latest + later); };
  suggest(7 * DAY);
  const dialog = h("dialog", { class: "card adjustments", id: "deadline-dialog", "aria-labelledby": "deadline-title", onclose: () => dialog.remove() },
    h("h2", { id: "deadline-title" }, interviews.length === 1 ? `Deadline of ${only.candidate.name}` : `Deadline of ${interviews.length} interviews`),
    h("p", { class: "muted small", id: "deadline-note" }, interviews.length === 1
      ? `It is ${moment(only.deadlineAt)} now. ` : "They all get this one. ", "The candidate is told by mail. What has expired opens again."),
    h("form", {
      class: "body", novalidate: true, onsubmit: async (event) => {
        event.preventDefault();
        const chosen = new Date(input.value);
        if (!(chosen > Date.now())) return refuse("Choose a moment in the future.");
        submit.disabled = true;
        const refusal = await move(chosen.toISOString());
        submit.disabled = false;
        if (refusal) refuse(refusal);
        else dialog.close();
      },
    },
    h("div", { class: "field" }, h("label", { for: "deadline" }, "New deadline, in your time zone"), input, failure),
    h("div", { class: "choices", role: "group", "aria-label": "Later by" }, steps.map(([label, later]) => button(`+ ${label.toLowerCase()}`, { onclick: () => suggest(later) }))),
    h("div", { class: "actions" }, submit, button("Close", { class: "quiet", onclick: () => dialog.close() }))));
  const refuse = (sentence) => {
    failure.textContent = sentence;
    input.setAttribute("aria-invalid", "true");
    input.focus();
  };
  document.body.append(dialog);
  dialog.showModal();
  input.focus();
}

// As datetime-local has it: without zone, to the minute.
function local(time) {
  const date = new Date(time);
  return new Date(time - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
