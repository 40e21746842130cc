import { h } from "../dom.js";

// The editor's fields, which come and go: their height, and what is wrong with what is in them.

let complaints = 0;

/** As high as its text. */
export function grow(area) {
  if (CSS.supports("field-sizing", "content")) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}

/** Shows below a field why the server refused it. */
export function complain(field, message) {
  const id = field.id || `complained-${++complaints}`;
  field.id = id;
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", `${id}-error`);
  field.parentElement.querySelector(`#${CSS.escape(id)}-error`)?.remove();
  field.after(h("p", { class: "field-error", id: `${id}-error` }, sentence(message)));
}

/** Takes the complaint away, for the field was changed. */
export function clear(field) {
  if (!field.hasAttribute("aria-invalid")) return;
  document.getElementById(field.getAttribute("aria-describedby"))?.remove();
  field.removeAttribute("aria-invalid");
  field.removeAttribute("aria-describedby");
}

const sentence = (message) => `This ${message}${/[.!?]$/.test(message) ? "" : "."}`;
