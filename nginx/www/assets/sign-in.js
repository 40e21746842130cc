import { call, Problem, Unreachable } from "./api.js";

const form = document.querySelector("#sign-in");
const failure = document.querySelector("#failure");
const submit = document.querySelector("#submit");
const fields = { email: form.elements.email, password: form.elements.password };

const HOME = "/dashboard";

/** Where to go afterwards: the page asked for, if it is one of ours. */
function destination() {
  const asked = new URLSearchParams(location.search).get("next") ?? "";
  const target = new URL(asked.startsWith("/") ? asked : HOME, location.origin);
  return target.origin === location.origin ? target.pathname + target.search : HOME;
}

function complain(name, message) {
  const note = document.querySelector(`#${name}-error`);
  note.textContent = message;
  note.hidden = message === "";
  if (message) fields[name].setAttribute("aria-invalid", "true");
  else fields[name].removeAttribute("aria-invalid");
}

function checked() {
  complain("email", fields.email.value.trim() === "" ? "Enter your e-mail address."
    : fields.email.validity.typeMismatch ? "This is not a complete e-mail address." : "");
  complain("password", fields.password.value === "" ? "Enter your password." : "");
  const wrong = Object.values(fields).find((field) => field.hasAttribute("aria-invalid"));
  wrong?.focus();
  return !wrong;
}

function explain(error) {
  if (error instanceof Unreachable) return "No connection to the server. Check your network and try again.";
  if (!(error instanceof Problem)) throw error;
  switch (error.code) {
  case "AUTH_REQUIRED": return "E-mail and password do not match. Please check both.";
  case "RATE_LIMITED": return "Too many attempts. Please wait a moment, then try again.";
  case "VALIDATION_FAILED":
    for (const { field, message } of error.errors) if (field in fields) complain(field, message);
    return error.message;
  default: return error.message;
  }
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  failure.hidden = true;
  if (!checked()) return;
  submit.disabled = true;
  try {
    await call("POST", "/api/auth/login", { email: fields.email.value.trim(), password: fields.password.value });
    location.replace(destination());
  } catch (error) {
    submit.disabled = false;
    failure.textContent = explain(error);
    failure.hidden = false;
    if (error.code === "AUTH_REQUIRED") fields.password.focus();
  }
});

fields.email.focus();
