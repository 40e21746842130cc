import { call, Problem, Unreachable } from "../api.js";
import { canAdjust, openAdjustments } from "./adjustments.js";
import { openDeadline } from "./deadline-dialog.js";
import { toast } from "./toast.js";

// What one does to interviews from the list, with one or with many at once.

const open = ["SENT", "OPENED", "IN_PROGRESS"];
const MOST = 100;

/** By the server's names: label, the statuses that allow it, and how to say that it is done. */
export const actions = {
  SEND: ["Send", ["DRAFT"], "sent"],
  RESEND: ["Send again", open, "sent again"],
  MOVE_DEADLINE: ["Move deadline…", ["DRAFT", "EXPIRED", ...open], "given another deadline"],
  CANCEL: ["Cancel interview", ["DRAFT", ...open], "cancelled"],
  RESTORE: ["Restore", ["CANCELLED"], "restored"],
};

/** The names of the actions that at least one of the interviews allows. */
export function allowed(interviews) {
  return Object.keys(actions).filter((name) => interviews.some(({ status }) => actions[name][1].includes(status)));
}

/**
 * Runs an action, after asking for what it needs. `changed` is called with the refusals, a list of
 * [interview, sentence], when the server has answered.
 */
export function run(name, interviews, changed) {
  if (name === "MOVE_DEADLINE") {
    openDeadline(interviews, (deadlineAt) => act(name, interviews, changed, { deadlineAt }));
  } else {
    act(name, interviews, changed).then((failure) => failure && toast(failure));
  }
}

/** The actions of one interview, for its menu: [label, action]. */
export function itemsFor(interview, changed) {
  return [
    ["Open", () => location.assign(`/async-interviews/${interview.id}`)],
    ...allowed([interview]).map((name) => [actions[name][0], () => run(name, [interview], changed)]),
    ...(canAdjust(interview) ? [["Adjustments…", () => openAdjustments(interview, () => toast(`The adjustments for ${interview.candidate.name} are saved.`))]] : []),
  ];
}

// Answers with a sentence when nothing was done.
async function act(name, interviews, changed, values = {}) {
  const results = [];
  try {
    for (let at = 0; at < interviews.length; at += MOST) {
      const interviewIds = interviews.slice(at, at + MOST).map(({ id }) => id);
      results.push(...(await call("POST", "/api/async-interviews/bulk", { action: name, interviewIds, ...values })).results);
    }
  } catch (error) {
    if (error instanceof Unreachable) return "No connection. Please try again.";
    if (!(error instanceof Problem)) throw error;
    return error.message;
  }
  const before = new Map(interviews.map((interview) => [interview.id, interview]));
  const done = results.filter(({ isChanged }) => isChanged).map(({ id }) => before.get(id));
  if (done.length > 0) toast(sentence(name, done), undo(name, done, changed));
  changed(results.filter(({ isChanged }) => !isChanged).map(({ id, detail }) => [before.get(id), detail]));
  return null;
}

function sentence(name, done) {
  const [, , participle] = actions[name];
  const whose = done.length === 1 ? `The interview of ${done[0].candidate.name} is` : `${done.length} interviews are`;
  return `${whose} ${participle}.`;
}

// What can be taken back: cancelling and restoring, and the deadline of a single interview.
function undo(name, done, changed) {
  if (name === "CANCEL") return () => run("RESTORE", done, changed);
  if (name === "RESTORE") return () => run("CANCEL", done, changed);
  const [only] = done;
  if (name === "MOVE_DEADLINE" && done.length === 1 && Date.parse(only.deadlineAt) > Date.now()) {
    return () => act(name, [only], changed, { deadlineAt: only.deadlineAt }).then((failure) => failure && toast(failure));
  }
  return null;
}
