import { call, Problem, Unreachable } from "../api.js";
import { button, h } from "../dom.js";

const MOST = 20;
const MANY = 8; // from here on, a field to find somebody

/**
 * Asks who is to review an interview, and says so to the server.
 * `saved` is called when the server has it.
 */
export async function openReviewers(interview, saved) {
  const body = h("div", { class: "stack" }, h("p", { class: "muted", role: "status" }, "Loading…"));
  const dialog = h("dialog", { class: "card reviewers-dialog", id: "reviewers-dialog", "aria-labelledby": "reviewers-dialog-title", onclose: () => dialog.remove() },
    h("h2", { id: "reviewers-dialog-title" }, "Who reviews this interview"),
    h("p", { class: "muted small" }, "Each of them scores without seeing what the others gave. The review is complete when everyone asked has scored every answer."),
    body);
  document.body.append(dialog);
  dialog.showModal();
  try {
    const { accounts } = await call("GET", "/api/accounts");
    body.replaceChildren(form(interview, accounts, dialog, saved));
    dialog.querySelector("input")?.focus();
  } catch (error) {
    body.replaceChildren(h("p", { class: "notice bad", role: "alert" }, sentence(error)), h("div", { class: "actions" }, button("Close", { onclick: () => dialog.close() })));
  }
}

function form({ id, reviewers, videoResponses }, accounts, dialog, saved) {
  const known = new Map(reviewers.map((reviewer) => [reviewer.id, reviewer]));
  const failure = h("p", { class: "notice bad", role: "alert", hidden: true });
  const submit = button("Save", { type: "submit", class: "primary", id: "save-reviewers" });
  const people = accounts.map((account) => person(account, known.get(account.id), videoResponses.length));
  const list = h("fieldset", {}, h("legend", { class: "visually-hidden" }, "Reviewers"), people);
  const say = (text) => { failure.textContent = text; failure.hidden = false; };
  return h("form", {
    class: "stack",
    onsubmit: async (event) => {
      event.preventDefault();
      const accountIds = [...list.querySelectorAll("input:checked")].map(({ value }) => value);
      if (accountIds.length > MOST) return say(`At most ${MOST} people can be asked; these are ${accountIds.length}.`);
      submit.disabled = true;
      try {
        await call("PUT", `/api/async-interviews/${id}/reviewers`, { accountIds });
        dialog.close();
        await saved();
      } catch (error) {
        say(sentence(error));
      } finally {
        submit.disabled = false;
      }
    },
  },
  accounts.length > MANY && h("input", {
    type: "search", class: "input", "aria-label": "Find a colleague", placeholder: "Find a colleague",
    oninput: ({ target }) => people.forEach((each, index) => { each.hidden = !accounts[index].name.toLowerCase().includes(target.value.trim().toLowerCase()); }),
  }),
  list, failure, h("div", { class: "actions" }, submit, button("Cancel", { class: "quiet", onclick: () => dialog.close() })));
}

function person({ id, name, role }, reviewer, answers) {
  const progress = !reviewer ? "" : reviewer.status === "DONE" ? "has scored every answer" : reviewer.scored > 0 ? `has scored ${reviewer.scored} of ${answers}` : "has not begun";
  return h("label", { class: "person" }, h("input", { type: "checkbox", name: "accountId", value: id, checked: reviewer?.isAssigned ?? false }),
    h("span", {}, name, role === "ADMIN" && h("span", { class: "badge" }, "Administrator"), progress && h("span", { class: "muted small" }, progress)));
}

function sentence(error) {
  if (error instanceof Unreachable) return "No connection: nothing was changed. Please try again.";
  if (!(error instanceof Problem)) throw error;
  return error.message;
}
