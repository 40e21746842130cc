import { call, Problem } from "../api.js";
import { button, h } from "../dom.js";
import { moment } from "../format.js";
import { dialogActions, openDialog } from "./dialog.js";
import { complain, field, focusFirstWrong, isAddress, showRefusal } from "./fields.js";
import { stageOptions, stages } from "./stages.js";

// Writing a candidate down, and changing what is written.

const LABELS = { name: "The name", email: "The address", phone: "The phone number", pipelineStage: "The stage" };
const NAMES = { name: "Name", email: "E-mail", phone: "Phone", pipelineStage: "Stage" };

/**
 * Asks for a new candidate.
 *
 * @param given what is known of them already: {name, email}
 * @param then {created(candidate), known(id): when somebody has the address already, label: what to do with them}
 */
export function openNewCandidate(given, then) {
  openDialog("new-candidate", "New candidate", (close) => form({ ...given, pipelineStage: "APPLIED" }, "Create candidate", close, async (values, refuse) => {
    try {
      const candidate = await call("POST", "/api/candidates", values);
      close();
      then.created(candidate);
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 409) throw error;
      refuse("email", error.message, button(then.label, { id: "use-known", onclick: () => { close(); then.known(error.members.candidateId); } }));
    }
  }));
}

/**
 * Changes a candidate. When somebody else did meanwhile, both versions are shown.
 *
 * @param saved is called with the candidate as saved
 */
export function openEditCandidate(candidate, saved) {
  openDialog("edit-candidate", `Edit ${candidate.name}`, (close) => {
    let version = candidate.updatedAt;
    const conflict = h("div", { class: "notice caution", id: "edit-conflict", role: "alert", hidden: true });
    const take = (current) => { close(); saved(current); };
    const element = form(candidate, "Save", close, async (values, refuse) => {
      try {
        take(await call("PATCH", `/api/candidates/${candidate.id}`, { ...values, version }));
      } catch (error) {
        if (!(error instanceof Problem) || error.status !== 409) throw error;
        const { current } = error.members;
        if (!current) return refuse("email", error.message);
        version = current.updatedAt;
        conflict.replaceChildren(...bothVersions(values, current), h("div", { class: "actions" },
          button("Save mine", { id: "keep-mine", type: "submit", class: "primary" }),
          button("Keep theirs", { id: "take-theirs", onclick: () => take(current) })));
        conflict.hidden = false;
        conflict.querySelector("button").focus();
      }
    });
    element.prepend(conflict);
    return element;
  });
}

// What differs between what one wrote and what somebody else saved meanwhile.
function bothVersions(mine, theirs) {
  const shown = (name, value) => (name === "pipelineStage" ? stages[value][0] : value || "–");
  const differing = Object.keys(NAMES).filter((name) => (mine[name] ?? "") !== (theirs[name] ?? ""));
  return [
    h("p", {}, h("strong", {}, "Somebody else changed this candidate"), ` on ${moment(theirs.updatedAt)}.`),
    differing.length === 0 ? h("p", {}, "They wrote the same as you.") : h("table", { class: "versions" },
      h("thead", {}, h("tr", {}, h("td", {}), h("th", { scope: "col" }, "Yours"), h("th", { scope: "col" }, "Theirs"))),
      h("tbody", {}, differing.map((name) => h("tr", {}, h("th", { scope: "row" }, NAMES[name]),
        h("td", {}, shown(name, mine[name])), h("td", {}, shown(name, theirs[name])))))),
  ];
}

// `save(values, refuse(name, message, ...more))` rejects with what it cannot explain itself.
function form({ name = "", email = "", phone = "", pipelineStage }, label, close, save) {
  const controls = {
    name: h("input", { class: "input", id: "candidate-name", name: "name", value: name, maxlength: "200", autocomplete: "off" }),
    email: h("input", { class: "input", id: "candidate-email", name: "email", type: "email", value: email, autocomplete: "off" }),
    phone: h("input", { class: "input", id: "candidate-phone", name: "phone", type: "tel", value: phone ?? "", maxlength: "50", autocomplete: "off" }),
    pipelineStage: h("select", { class: "input", id: "candidate-stage", name: "pipelineStage" }, stageOptions(pipelineStage)),
  };
  const failure = h("p", { class: "notice bad", role: "alert", hidden: true });
  const more = h("div", { class: "actions" });
  const submit = button(label, { type: "submit", class: "primary", id: "save-candidate" });
  const refuse = (control, message, ...buttons) => {
    complain(controls[control], message);
    more.replaceChildren(...buttons);
    controls[control].focus();
  };
  const element = h("form", {
    class: "form", novalidate: true,
    onsubmit: async (event) => {
      event.preventDefault();
      failure.hidden = true;
      more.replaceChildren();
      const values = Object.fromEntries(Object.entries(controls).map(([key, control]) => [key, control.value.trim()]));
      if (!check(controls, values)) return focusFirstWrong(element);
      submit.disabled = true;
      try {
        await save(values, refuse);
      } catch (error) {
        showRefusal(element, error, failure, LABELS);
      } finally {
        submit.disabled = false;
      }
    },
  },
  field("Name", controls.name), field("E-mail", controls.email), more,
  h("div", { class: "field-pair" }, field("Phone (optional)", controls.phone), field("Stage", controls.pipelineStage)),
  failure, dialogActions(close, submit));
  return element;
}

function check(controls, { name, email }) {
  complain(controls.name, name === "" ? "Enter the candidate’s name." : "");
  complain(controls.email, email === "" ? "Enter the candidate’s e-mail address." : isAddress(email) ? "" : "This is not a complete e-mail address.");
  complain(controls.phone, "");
  complain(controls.pipelineStage, "");
  return name !== "" && isAddress(email);
}
