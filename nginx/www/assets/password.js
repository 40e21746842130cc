import { call, Problem, Unreachable } from "./api.js";
import { complain, focusFirstWrong, sentence } from "./recruiter/fields.js";

// Choosing a password by the link of a mail. Its token stands behind the address's #, so no server's log has it.

const FEWEST = 12;
const form = document.querySelector("#choose");
const failure = document.querySelector("#failure");
const submit = document.querySelector("#submit");
const { password, again } = form.elements;
const path = `/api/password-links/${encodeURIComponent(location.hash.slice(1))}`;

async function open() {
  if (location.hash.length < 2) return refuse("This link is not complete", "Please copy it whole from the mail, or open it from there.");
  try {
    const { name, email, organization, hasJoined } = await call("GET", path);
    document.querySelector("#whose").textContent = `${name}, for your ${hasJoined ? "" : "new "}account at ${organization}.`;
    form.elements.email.value = email;
    document.querySelector("#loading").hidden = true;
    form.hidden = false;
    password.focus();
  } catch (error) {
    if (error instanceof Unreachable) return refuse("No connection", "The server cannot be reached. Check your network, then open the link again.");
    if (!(error instanceof Problem)) throw error;
    refuse(error.code === "GONE" ? "This link no longer works" : "This could not be loaded", error.message);
  }
}

function refuse(title, text) {
  form.hidden = true;
  document.querySelector("#loading").hidden = true;
  document.querySelector("#unusable-title").textContent = title;
  document.querySelector("#unusable-text").textContent = text;
  document.querySelector("#unusable").hidden = false;
}

function isComplete() {
  const length = [...password.value].length;
  complain(password, length < FEWEST ? `It needs at least ${FEWEST} characters; this has ${length}.` : "");
  complain(again, password.value === again.value ? "" : "This is not the same.");
  focusFirstWrong(form);
  return !form.querySelector("[aria-invalid]");
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  failure.hidden = true;
  if (!isComplete()) return;
  submit.disabled = true;
  try {
    await call("POST", path, { password: password.value });
    location.replace("/dashboard");
  } catch (error) {
    submit.disabled = false;
    if (error.code === "GONE") return refuse("This link no longer works", error.message);
    failure.textContent = sentence(error);
    failure.hidden = false;
  }
});

open();
