import { call, Problem, Unreachable } from "../api.js";
import { button, h } from "../dom.js";
import { moment } from "../format.js";

// The dialogs in which an endpoint is added, changed and removed, and its secret shown.

/**
 * Asks for a new endpoint, or for changes to one. `saved` is called with the
 * endpoint, and with its secret when it is new.
 */
export function openForm(eventTypes, endpoint, saved) {
  const dialog = open("endpoint-dialog", endpoint ? "Change the endpoint" : "Add an endpoint");
  const submit = button(endpoint ? "Save" : "Add endpoint", { type: "submit", class: "primary", id: "save-endpoint" });
  const failure = h("p", { class: "notice bad", role: "alert", hidden: true });
  const form = h("form", { novalidate: true, onsubmit: async (event) => {
    event.preventDefault();
    submit.disabled = true;
    try {
      const result = await save(endpoint, wanted(form));
      dialog.close();
      await saved(...result);
    } catch (error) {
      showErrors(form, failure, error);
    } finally {
      submit.disabled = false;
    }
  } },
  field("url", "Address", "It must begin with https:// and be reachable from the internet.", {
    type: "url", inputmode: "url", autocomplete: "off", spellcheck: "false", maxlength: 2000, required: true,
    value: endpoint?.url ?? "", placeholder: "https://hooks.example.com/parley" }),
  field("description", "What it is for", "Optional.", { maxlength: 200, value: endpoint?.description ?? "" }),
  events(eventTypes, endpoint?.eventTypes ?? []), failure,
  h("div", { class: "actions" }, submit, button("Cancel", { class: "quiet", onclick: () => dialog.close() })));
  dialog.append(form);
  dialog.showModal();
  form.querySelector("#url").focus();
}

async function save(endpoint, body) {
  if (endpoint) return [await call("PATCH", `/api/webhook-endpoints/${endpoint.id}`, { version: endpoint.version, ...body })];
  const made = await call("POST", "/api/webhook-endpoints", body);
  return [made.endpoint, made.secret];
}

function wanted(form) {
  const fields = new FormData(form);
  return { url: fields.get("url").trim(), description: fields.get("description"), eventTypes: fields.getAll("eventTypes") };
}

function field(name, label, note, attributes) {
  return h("div", { class: "field" }, h("label", { for: name }, label),
    h("input", { class: "input", id: name, name, "aria-describedby": `${name}-error ${name}-note`, ...attributes }),
    h("p", { class: "muted small", id: `${name}-note` }, note), h("p", { class: "field-error", id: `${name}-error`, hidden: true }));
}

function events(eventTypes, chosen) {
  const boxes = eventTypes.map(({ name, meaning }) => h("label", { class: "tick" },
    h("input", { type: "checkbox", name: "eventTypes", value: name, checked: chosen.includes(name) }),
    h("span", {}, h("code", {}, name), h("span", { class: "muted small" }, meaning))));
  const fieldset = h("fieldset", { id: "eventTypes", "aria-describedby": "eventTypes-error" },
    h("legend", {}, "What it is told of"),
    button("Choose all", { class: "quiet", id: "choose-all", onclick: () => {
      for (const box of fieldset.querySelectorAll("input")) box.checked = true;
    } }),
    h("div", { class: "ticks" }, boxes), h("p", { class: "field-error", id: "eventTypes-error", hidden: true }));
  return fieldset;
}

/** Each problem beside the field it is about; the rest above the buttons. */
function showErrors(form, failure, error) {
  for (const old of form.querySelectorAll(".field-error")) old.hidden = true;
  for (const old of form.querySelectorAll("[aria-invalid]")) old.removeAttribute("aria-invalid");
  const errors = error instanceof Problem ? error.errors : [];
  const labels = { url: "The address", description: "The description", eventTypes: "The choice" };
  let first = null;
  for (const { field, message } of errors) {
    const name = field.split(".")[0];
    const place = form.querySelector(`#${CSS.escape(name)}-error`);
    if (!place) continue;
    place.textContent = name === "eventTypes" ? "Choose at least one." : `${labels[name]} ${message}.`;
    place.hidden = false;
    const input = form.querySelector(`#${CSS.escape(name)}`);
    if (input.matches("input")) input.setAttribute("aria-invalid", "true");
    first ??= input.matches("input") ? input : input.querySelector("input");
  }
  failure.hidden = first !== null;
  failure.textContent = first === null ? sentence(error) : "";
  first?.focus();
}

/** Shows a new secret, for the one time that it can be read. */
export function showSecret(secret, endpoint) {
  const dialog = open("secret-dialog", "The signing secret");
  const status = h("p", { class: "small", role: "status", id: "copied" });
  const box = h("input", { class: "input secret", id: "secret", readonly: true, value: secret, "aria-label": "The signing secret", onfocus: () => box.select() });
  dialog.append(
    h("p", {}, "Copy it now and keep it like a password: it cannot be shown again. With it your program verifies the header ",
      h("code", {}, "webhook-signature"), " of what it is sent; libraries for ",
      h("a", { href: "https://www.standardwebhooks.com", rel: "noreferrer", target: "_blank" }, "Standard Webhooks"), " do that in most languages."),
    h("p", { class: "notice", hidden: !endpoint.previousSecretUntil }, `The secret before signs too until ${moment(endpoint.previousSecretUntil ?? Date.now())}, so that you can change over without losing a message.`),
    h("div", { class: "copy" }, box, button("Copy", { class: "primary", id: "copy-secret", onclick: async () => {
      box.select();
      try {
        await navigator.clipboard.writeText(secret);
        status.textContent = "Copied.";
      } catch {
        status.textContent = "It is selected: copy it with your keyboard.";
      }
    } })),
    status, h("div", { class: "actions" }, button("I have kept it", { id: "secret-kept", onclick: () => dialog.close() })));
  dialog.showModal();
  box.focus();
}

/** Asks before an endpoint is removed; `remove` does it. */
export function confirmRemoval({ url }, remove) {
  const dialog = open("removal-dialog", "Remove this endpoint?");
  const failure = h("p", { class: "notice bad", role: "alert", hidden: true });
  dialog.append(h("p", {}, h("span", { class: "url" }, url), " is told nothing any more, and its log of deliveries is gone. To pause it, switch it off instead."), failure,
    h("div", { class: "actions" }, button("Remove", { class: "danger", id: "confirm-removal", onclick: async (event) => {
      event.currentTarget.disabled = true;
      try {
        await remove();
        dialog.close();
      } catch (error) {
        failure.textContent = sentence(error);
        failure.hidden = false;
        dialog.querySelector("#confirm-removal").disabled = false;
      }
    } }), button("Keep it", { class: "quiet", onclick: () => dialog.close() })));
  dialog.showModal();
}

function open(id, title) {
  const dialog = h("dialog", { class: "card webhook-dialog", id, "aria-labelledby": `${id}-title`, onclose: () => dialog.remove() },
    h("h2", { id: `${id}-title` }, title));
  document.body.append(dialog);
  return dialog;
}

/** What a failure is to a person. */
export function sentence(error) {
  if (error instanceof Unreachable) return "No connection: nothing was changed. Please try again.";
  if (!(error instanceof Problem)) throw error;
  if (error.status === 409 && error.code === "CONFLICT" && /changed meanwhile/.test(error.message)) {
    return "Somebody else changed this endpoint meanwhile. Reload the page to see how it is now.";
  }
  return error.message;
}
