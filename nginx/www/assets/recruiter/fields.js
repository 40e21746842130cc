import { Problem, Unreachable } from "../api.js";
import { h } from "../dom.js";

// Fields of forms, and where the words about what is wrong with them appear.

let named = 0;

/**
 * A labelled field with room for a note and for what is wrong with it.
 *
 * @param control an input, select or textarea with an id and a name
 */
export function field(label, control, note = null) {
  const { id } = control;
  control.setAttribute("aria-describedby", note ? `${id}-note ${id}-error` : `${id}-error`);
  return h("div", { class: "field" },
    h("label", { for: id }, label),
    control,
    note && h("p", { class: "muted small", id: `${id}-note` }, note),
    h("p", { class: "field-error", id: `${id}-error`, hidden: true }));
}

/** Says below a control, in a sentence, what is wrong with it; an empty one takes it back. */
export function complain(control, sentence) {
  if (sentence === "") return clear(control);
  control.id ||= `control-${++named}`;
  const id = `${control.id}-error`;
  let place = document.getElementById(id);
  if (!place) {
    place = h("p", { class: "field-error", id });
    control.after(place);
    control.setAttribute("aria-describedby", [control.getAttribute("aria-describedby"), id].filter(Boolean).join(" "));
  }
  place.textContent = sentence;
  place.hidden = false;
  control.setAttribute("aria-invalid", "true");
}

/** Takes the complaint about a control back. */
export function clear(control) {
  if (!control.hasAttribute("aria-invalid")) return;
  control.removeAttribute("aria-invalid");
  const place = document.getElementById(`${control.id}-error`);
  place.textContent = "";
  place.hidden = true;
}

/** Makes a text area as high as its text. */
export function grow(area) {
  if (CSS.supports("field-sizing", "content")) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}

/** Puts the reader at the first control that something is wrong with. */
export function focusFirstWrong(within) {
  within.querySelector("[aria-invalid]")?.focus();
}

/**
 * Shows what the server refused: what concerns a control of the form beside it,
 * the rest in `failure`.
 *
 * @param labels the names of fields → what people call them
 */
export function showRefusal(form, error, failure, labels) {
  const rest = [];
  for (const { field: name, message } of error instanceof Problem ? error.errors : []) {
    const control = form.elements.namedItem(name);
    if (control) complain(control, `${labels[name] ?? "This"} ${message}.`);
    else rest.push(`${labels[name] ?? name} ${message}.`);
  }
  const words = error instanceof Problem && error.errors.length > 0 ? rest.join(" ") : sentence(error);
  failure.textContent = words;
  failure.hidden = words === "";
  focusFirstWrong(form);
}

/** What went wrong, as a sentence. Faults of the page itself are thrown on. */
export function sentence(error) {
  if (error instanceof Unreachable) return "No connection: nothing was changed. Check your network and try again.";
  if (!(error instanceof Problem)) throw error;
  return error.message;
}

/** Whether the text is an e-mail address as the server takes it. */
export function isAddress(text) {
  const [local, domain, ...more] = text.split("@");
  return more.length === 0 && domain !== undefined && /^[\w.!#$%&'*+/=?^`{|}~-]+$/.test(local) && text.length <= 254
    && domain.includes(".") && domain.split(".").every((label) => /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/.test(label));
}
