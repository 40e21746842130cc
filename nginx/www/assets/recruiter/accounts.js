import { call, Problem } from "../api.js";
import { button, h, icon } from "../dom.js";
import { moment, relative } from "../format.js";
import { dialogActions, openDialog } from "./dialog.js";
import { complain, field, focusFirstWrong, isAddress, sentence, showRefusal } from "./fields.js";
import { openMenu } from "./menu.js";
import { showContent, showFailure, signedIn } from "./shell.js";
import { toast } from "./toast.js";

// Who has an account in the organisation, for its administrators: inviting, roles, and who may sign in.

const roles = {
  RECRUITER: ["Recruiter", "Runs interviews, scores answers and decides."],
  ADMIN: ["Administrator", "May also do what concerns the whole organisation: accounts, webhooks, engines."],
};
const statuses = { ACTIVE: ["Active", "good"], INVITED: ["Invited", "caution"], DEACTIVATED: ["Deactivated", ""] };

async function open({ focus = null } = {}) {
  try {
    const [{ accounts }, user] = await Promise.all([call("GET", "/api/accounts/all"), signedIn()]);
    showContent(head(user), table(accounts));
    if (focus) document.querySelector(focus)?.focus();
  } catch (error) {
    if (error instanceof Problem && error.status === 403) return showContent(forbidden());
    showFailure(error, () => open());
  }
}

function head({ organization }) {
  return h("div", { class: "page-head" }, h("h1", {}, "Accounts"), h("p", { class: "muted" }, `Who can sign in at ${organization.name}`),
    h("div", { class: "page-actions" }, button("Invite a colleague", { id: "invite", class: "primary", onclick: invite })));
}

function forbidden() {
  return h("div", { class: "face", role: "alert" }, icon("accounts"), h("h1", {}, "For administrators"),
    h("p", {}, "The administrators of your organisation say who can sign in. Please ask one of them."),
    h("a", { class: "button primary", href: "/dashboard" }, "To the dashboard"));
}

// ---- The list ---------------------------------------------------------------------------

function table(accounts) {
  const columns = { person: "Person", role: "Role", status: "Status", more: h("span", { class: "visually-hidden" }, "Actions") };
  return h("div", { class: "card table-frame" }, h("table", { id: "accounts" },
    h("caption", { class: "visually-hidden" }, "Everybody who has an account, by name"),
    h("thead", {}, h("tr", {}, Object.entries(columns).map(([name, label]) => h("th", { scope: "col", class: name }, label)))),
    h("tbody", {}, accounts.map(row))));
}

function row(account) {
  const { id, name, email, role, status, linkExpiresAt, isOwn } = account;
  const [label, tone] = statuses[status];
  const more = button(h("span", { class: "visually-hidden" }, `Actions for ${name}`), {
    class: "quiet", "aria-haspopup": "menu", "aria-expanded": "false", title: "Actions",
    onclick: () => openMenu(more, `Actions for ${name}`, actions(account)),
  }, "more");
  return h("tr", { "data-id": id, class: status === "DEACTIVATED" ? "away" : null },
    h("th", { scope: "row", class: "person" }, h("b", {}, isOwn ? `${name} (you)` : name), h("span", { class: "muted small" }, email),
      h("span", { class: "muted small narrow-role" }, roles[role][0])),
    h("td", { class: "role" }, roles[role][0]),
    h("td", { class: "status" }, h("span", { class: `badge ${tone}` }, label), linkExpiresAt && h("span", { class: "muted small", title: moment(linkExpiresAt) }, linkWords(linkExpiresAt))),
    h("td", { class: "more" }, more));
}

function linkWords(expiresAt) {
  return Date.parse(expiresAt) > Date.now() ? `The link ends ${relative(expiresAt)}` : "The link has expired";
}

function actions(account) {
  const { id, role, status } = account;
  if (status === "DEACTIVATED") return [["Let in again", () => change(account, { isActive: true })]];
  const other = role === "ADMIN" ? "RECRUITER" : "ADMIN";
  return [
    [`Make ${other === "ADMIN" ? "an administrator" : "a recruiter"}`, () => change(account, { role: other })],
    [status === "INVITED" ? "Send the invitation again" : "Send a link to choose a password", () => attempt(id, async () => {
      await call("POST", `/api/accounts/${id}/password-link`);
      return ["A mail with a link is on its way. Earlier links work no longer."];
    })],
    ["Deactivate…", () => confirmDeactivation(account)],
  ];
}

// ---- What is done with one ------------------------------------------------------------------

/** Runs `work`, shows the list as it is then, and says what came of it: [text, undo]. */
async function attempt(id, work) {
  try {
    const words = await work();
    await open({ focus: `tr[data-id="${id}"] .more button` });
    toast(...words);
  } catch (error) {
    toast(sentence(error));
  }
}

function change(account, values, isUndo = false) {
  return attempt(account.id, async () => {
    const changed = await call("PATCH", `/api/accounts/${account.id}`, values);
    const before = values.role ? { role: account.role } : { isActive: !values.isActive };
    return [words(changed, values), isUndo || account.isOwn ? null : () => change(changed, before, true)];
  });
}

function words({ name, role }, values) {
  if (values.role) return `${name} is ${role === "ADMIN" ? "an administrator" : "a recruiter"} now.`;
  return values.isActive ? `${name} can sign in again.` : `${name} is signed out and can no longer sign in.`;
}

function confirmDeactivation(account) {
  const { name, isOwn } = account;
  openDialog("deactivate", isOwn ? "Deactivate your own account?" : `Deactivate ${name}?`, (close) => h("div", { class: "form" },
    h("p", {}, `${isOwn ? "You are" : `${name} is`} signed out everywhere at once and cannot sign in until an administrator lets ${isOwn ? "you" : "them"} in again.`),
    h("p", {}, "What was scored, written and decided stays. Reviews that wait for this person go on waiting: ask somebody else on the interview’s page."),
    dialogActions(close, button("Deactivate", { id: "confirm-deactivation", class: "danger", onclick: () => { close(); change(account, { isActive: false }); } }))));
}

// ---- Inviting -----------------------------------------------------------------------------------

const LABELS = { name: "The name", email: "The address", role: "The role" };

function invite() {
  openDialog("invite-dialog", "Invite a colleague", (close) => {
    const name = h("input", { class: "input", id: "account-person", name: "name", maxlength: 200, autocomplete: "off" });
    const email = h("input", { class: "input", id: "account-email", name: "email", type: "email", autocomplete: "off" });
    const failure = h("p", { class: "notice bad", role: "alert", hidden: true });
    const submit = button("Send invitation", { type: "submit", class: "primary", id: "send-invitation" });
    const isComplete = () => {
      complain(name, name.value.trim() === "" ? "Enter their name." : "");
      complain(email, email.value.trim() === "" ? "Enter their e-mail address." : isAddress(email.value.trim()) ? "" : "This is not a complete e-mail address.");
      return name.value.trim() !== "" && isAddress(email.value.trim());
    };
    const form = h("form", {
      class: "form", novalidate: true, onsubmit: async (event) => {
        event.preventDefault();
        failure.hidden = true;
        if (!isComplete()) return focusFirstWrong(form);
        submit.disabled = true;
        try {
          const account = await call("POST", "/api/accounts", { name: name.value.trim(), email: email.value.trim(), role: form.elements.role.value });
          close();
          await open({ focus: `tr[data-id="${account.id}"] .more button` });
          toast(`${account.name} gets a mail with a link to choose a password.`);
        } catch (error) {
          if (error instanceof Problem && error.status === 409) complain(email, error.message);
          else showRefusal(form, error, failure, LABELS);
          focusFirstWrong(form);
        } finally {
          submit.disabled = false;
        }
      },
    }, field("Name", name), field("E-mail", email, "They sign in with it."), choice(), failure, dialogActions(close, submit));
    return form;
  });
  document.querySelector("#account-person").focus();
}

function choice() {
  return h("fieldset", { class: "roles" }, h("legend", {}, "Role"), Object.entries(roles).map(([value, [label, text]]) => h("label", {},
    h("input", { type: "radio", name: "role", value, checked: value === "RECRUITER" }),
    h("span", {}, label, h("span", { class: "muted small" }, text)))));
}

open();
