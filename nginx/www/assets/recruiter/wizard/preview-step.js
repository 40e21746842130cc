import { call, Problem } from "../../api.js";
import { button, h } from "../../dom.js";
import { duration, moment } from "../../format.js";
import { sentence } from "../fields.js";
import { deadlineAt, refusalWords, request, STEP_OF } from "./draft.js";
import { interviewFrame, mailFrame } from "./frames.js";

/** Step 4: the exact invitation and the exact page that each candidate will see, and the choice of how it reaches them. */
export function previewStep(draft, { changed, send, goTo }) {
  const shown = h("div", { class: "previews", id: "previews" });
  const refusals = h("div", { id: "refusals" });
  const who = h("select", { class: "input", id: "preview-person", onchange: () => preview() },
    draft.people.map(({ id, name }) => h("option", { value: id }, name)));
  const submit = button("", { class: "primary", id: "send", onclick: () => { submit.disabled = true; send(); } });
  const refused = new Map(); // candidate's id → error
  let latest = 0;

  function drawSubmit() {
    const count = draft.people.length - refused.size;
    const noun = draft.byMail ? "invitation" : "link";
    submit.textContent = `${draft.byMail ? "Send" : "Create"} ${count} ${noun}${count === 1 ? "" : "s"}`;
    submit.disabled = count === 0;
  }

  async function preview() {
    const asked = (latest += 1);
    const person = draft.people.find(({ id }) => id === who.value);
    shown.replaceChildren(h("p", { class: "muted", role: "status" }, "Loading…"));
    try {
      const answer = await call("POST", "/api/async-interviews/preview", request(draft, person));
      if (asked === latest) shown.replaceChildren(...previews(answer, draft));
    } catch (error) {
      if (asked === latest) shown.replaceChildren(error instanceof Problem
        ? h("p", { class: "notice" }, `There is no preview for ${person.name}: see above.`)
        : h("p", { class: "notice" }, sentence(error), " ", button("Try again", { class: "quiet", onclick: preview })));
      if (!(error instanceof Problem)) return;
    }
  }

  // Everybody's terms are checked, so that nothing is refused only once others were invited.
  async function checkAll() {
    for (const person of draft.people) {
      try {
        await call("POST", "/api/async-interviews/preview", request(draft, person));
      } catch (error) {
        if (!(error instanceof Problem)) return; // The preview says that there is no connection.
        refused.set(person.id, error);
      }
    }
    drawSubmit();
    refusals.replaceChildren(...[...refused].map(([id, error]) => refusal(draft.people.find((person) => person.id === id), error, goTo)));
  }

  drawSubmit();
  return {
    submit,
    content: [
      facts(draft),
      refusals,
      h("fieldset", { class: "delivery" }, h("legend", {}, h("h3", {}, "How it reaches them")),
        delivery(true, "Send the invitation by e-mail", "At once, to the address chosen for each candidate."),
        delivery(false, "Copy the link", "No invitation is mailed. You hand over each candidate’s link yourself.")),
      draft.people.length > 1 && h("div", { class: "field preview-for" }, h("label", { for: "preview-person" }, "Preview for"), who),
      shown,
    ],
    shown: () => { preview(); checkAll(); },
  };

  function delivery(byMail, label, note) {
    return h("label", { class: "tick" },
      h("input", { type: "radio", name: "delivery", value: byMail ? "mail" : "link", checked: draft.byMail === byMail, onchange: () => { draft.byMail = byMail; changed(); drawSubmit(); } }),
      h("span", {}, label, h("span", { class: "muted small" }, note)));
  }
}

function facts(draft) {
  const line = (label, value) => h("div", {}, h("dt", {}, label), h("dd", {}, value));
  const { people, terms } = draft;
  return h("dl", { class: "terms card" },
    line("Assessment", draft.assessment.title),
    line("Candidates", people.length === 1 ? people[0].name : `${people.length}`),
    line("Time", `${duration(Number(terms.timeLimitSeconds))} an answer`),
    line("Deadline", moment(deadlineAt(draft))));
}

/** Who cannot be invited, why, and where that is put right. */
function refusal(person, error, goTo) {
  const wrong = wrongFields(person, error);
  const step = stepOf(error);
  return h("div", { class: "notice bad", role: "alert" },
    h("p", {}, h("strong", {}, person.name), ` cannot be invited like this. ${refusalWords(error)}`),
    h("p", {}, button(`Correct it in step ${step}`, { class: "correct", onclick: () => goTo(step, wrong) })));
}

/** The first step at which something that the server refused was decided. */
export function stepOf(error) {
  if (error.errors.length === 0) return error.status === 404 ? 1 : 2;
  return Math.min(...error.errors.map(({ field }) => STEP_OF[field.split(".")[0]] ?? 3));
}

/** The server's refusals as the steps show them: a control's id → a sentence. */
export function wrongFields(person, error) {
  return Object.fromEntries(error.errors.map(({ field, message }) => [
    field === "invitationEmail" ? `address-${person.id}` : field.split(".")[0], `This ${message}.`]));
}

function previews({ invitation, candidateView, consents }, { byMail }) {
  return [
    h("section", { class: "preview", "aria-labelledby": "mail-title" },
      h("h3", { id: "mail-title" }, "The invitation"),
      byMail ? null : h("p", { class: "notice" }, "Not sent, as you hand over the link yourself."),
      h("dl", { class: "mail-head" },
        h("div", {}, h("dt", {}, "To"), h("dd", { id: "mail-to" }, invitation.to)),
        h("div", {}, h("dt", {}, "Subject"), h("dd", { id: "mail-subject" }, invitation.subject))),
      ...mailFrame(invitation)),
    h("section", { class: "preview", "aria-labelledby": "view-title" },
      h("h3", { id: "view-title" }, "The candidate’s page"),
      ...interviewFrame(candidateView, consents)),
  ];
}
