import { Problem } from "../../api.js";
import { isAddress, sentence } from "../fields.js";

// What the wizard has been told so far, and what is still wrong with it. It lives
// in the browser's session, so that a reload costs nothing; the address only
// names the step.

const KEY = "parley-new-interview";
const DAY = 86_400_000;

/** How many candidates can be invited at once. */
export const MOST_PEOPLE = 50;

const fresh = (account) => ({
  account, // whose draft it is: another account in the same browser starts anew
  assessment: null, // {id, title, jobTitle}
  people: [], // {id, name, email, invitationEmail, accommodations: as the server has them, or null}
  terms: {
    timeLimitSeconds: "120", thinkTimeSeconds: "30", retakePolicy: "ONE",
    deadline: inDays(7), introMessage: "", outroMessage: "",
  },
  byMail: true,
  furthest: 1, // the last step that was come to
  sendings: null, // candidate's id → see sending.js; null until the wizard is done
});

/** A day from now at six in the evening, as `datetime-local` has it: in the reader's own zone. */
export function inDays(days, now = Date.now()) {
  const day = new Date(now + days * DAY);
  const number = (value) => String(value).padStart(2, "0");
  return `${day.getFullYear()}-${number(day.getMonth() + 1)}-${number(day.getDate())}T18:00`;
}

/** The draft that this tab began, or a new one. */
export function load(account) {
  const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  return kept?.account === account ? kept : fresh(account);
}

export function keep(draft) {
  sessionStorage.setItem(KEY, JSON.stringify(draft));
}

export function forget(account) {
  sessionStorage.removeItem(KEY);
  return fresh(account);
}

/** The deadline as the server takes it; null when it is none. */
export function deadlineAt({ terms }) {
  const time = Date.parse(terms.deadline);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

/** What the server is sent for one candidate. */
export function request(draft, person) {
  const { timeLimitSeconds, thinkTimeSeconds, retakePolicy, introMessage, outroMessage } = draft.terms;
  return {
    assessmentId: draft.assessment.id, candidateId: person.id, invitationEmail: person.invitationEmail,
    timeLimitSeconds: Number(timeLimitSeconds), thinkTimeSeconds: Number(thinkTimeSeconds), retakePolicy, deadlineAt: deadlineAt(draft),
    ...(introMessage.trim() && { introMessage: introMessage.trim() }),
    ...(outroMessage.trim() && { outroMessage: outroMessage.trim() }),
    ...(person.accommodations && { accommodations: person.accommodations }),
  };
}

/** Which step each of the server's fields is decided at. */
export const STEP_OF = {
  assessmentId: 1, candidateId: 2, invitationEmail: 2, timeLimitSeconds: 3, thinkTimeSeconds: 3, retakePolicy: 3,
  deadlineAt: 3, introMessage: 3, outroMessage: 3,
};

const NAMES = {
  assessmentId: "The assessment", candidateId: "The candidate", invitationEmail: "The e-mail address", timeLimitSeconds: "The time for each answer",
  thinkTimeSeconds: "The time to think", retakePolicy: "The number of retakes", deadlineAt: "The deadline", introMessage: "The message before the interview",
  outroMessage: "The message after it",
};

/** Why the server refused an interview, in the wizard's words. */
export function refusalWords(error) {
  if (!(error instanceof Problem) || error.errors.length === 0) return sentence(error);
  return error.errors.map(({ field, message }) => `${NAMES[field] ?? "An adjustment"} ${message}.`).join(" ");
}

const isWhole = (text, least, most) => /^\d+$/.test(text.trim()) && Number(text) >= least && Number(text) <= most;

/** What is wrong at a step: names of fields, or of people's addresses as `address-ID`, → sentences. */
export function problems(draft, step, now = Date.now()) {
  const { assessment, people, terms } = draft;
  const found = {};
  const must = (holds, name, words) => { if (!holds) found[name] ??= words; };
  if (step === 1) must(assessment, "assessment", "Choose an assessment.");
  if (step === 2) {
    must(people.length > 0, "people", "Choose at least one candidate.");
    must(people.length <= MOST_PEOPLE, "people", `Choose at most ${MOST_PEOPLE} candidates at once.`);
    for (const { id, invitationEmail } of people) must(isAddress(invitationEmail), `address-${id}`, "This is not a complete e-mail address.");
  }
  if (step === 3) {
    const deadline = Date.parse(terms.deadline);
    must(isWhole(terms.timeLimitSeconds, 30, 600), "timeLimitSeconds", "Enter a whole number of seconds from 30 to 600.");
    must(isWhole(terms.thinkTimeSeconds, 0, 120), "thinkTimeSeconds", "Enter a whole number of seconds from 0 to 120.");
    must(!Number.isNaN(deadline), "deadlineAt", "Enter a date and a time.");
    must(!(deadline <= now), "deadlineAt", "The deadline must be in the future.");
    for (const name of ["introMessage", "outroMessage"]) must([...terms[name]].length <= 5000, name, "Write at most 5000 characters.");
  }
  return found;
}

/** The last step that can be gone to: it was come to before, and nothing is wrong before it. */
export function reachable(draft) {
  return [1, 2, 3].find((step) => step === draft.furthest || Object.keys(problems(draft, step)).length > 0) ?? 4;
}
