import { call, Problem } from "../../api.js";
import { button, h, icon } from "../../dom.js";
import { sentence } from "../fields.js";
import { refusalWords, request } from "./draft.js";
import { stepOf, wrongFields } from "./preview-step.js";

// Creating and sending, one candidate after the other. What was done is kept at
// once, so that neither a reload nor a lost connection invites anybody twice.

/** A key by which the server knows a repeated request (also where `crypto.randomUUID` is missing). */
function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * @param draft whose `sendings` has for each candidate {key, interviewId: once created, isSent}
 * @param then {keep(), change(step, wrong), startOver()}
 */
export function sendingView(draft, then) {
  const rows = new Map(draft.people.map((person) => [person.id, row(person, draft)]));
  const title = h("h2", { id: "sending-title", tabindex: "-1" }, draft.byMail ? "Invitations" : "Links");
  const status = h("p", { role: "status", id: "sending-status" });
  const ways = h("div", { class: "actions", id: "sending-ways" });

  async function run() {
    ways.replaceChildren();
    const failures = new Map();
    for (const [index, person] of draft.people.entries()) {
      if (draft.sendings[person.id]?.isSent) {
        rows.get(person.id).sent(draft.sendings[person.id]);
        continue;
      }
      status.textContent = `${index + 1} of ${draft.people.length}: ${person.name}`;
      rows.get(person.id).working();
      try {
        await invite(draft, person, then.keep);
        rows.get(person.id).sent(draft.sendings[person.id]);
      } catch (error) {
        failures.set(person, error);
        rows.get(person.id).refused(refusalWords(error), draft.sendings[person.id]);
      }
    }
    finish(failures);
  }

  function finish(failures) {
    const sent = draft.people.length - failures.size;
    const noun = draft.byMail ? "invitation" : "link";
    status.textContent = failures.size === 0
      ? `${sent === 1 ? `The ${noun} is` : `All ${sent} ${noun}s are`} ${draft.byMail ? "on the way" : "ready to copy"}.`
      : `${sent} of ${draft.people.length} ${draft.byMail ? "invitations are sent" : "links are ready"}. Nobody else was invited.`;
    // What was created can only be sent again; what was refused can be put right first.
    const refused = [...failures].find(([{ id }, error]) => error instanceof Problem && !draft.sendings[id].interviewId);
    ways.replaceChildren(...[
      failures.size > 0 && button("Try the rest again", { class: "primary", id: "try-rest", onclick: run }),
      refused && button("Correct what was refused", { id: "correct-rest", onclick: () => then.change(stepOf(refused[1]), wrongFields(...refused)) }),
      h("a", { class: `button ${failures.size > 0 ? "" : "primary"}`, href: "/async-interviews", id: "to-list" }, "To all interviews"),
      button("Invite others", { class: "quiet", id: "invite-others", onclick: then.startOver }),
    ].filter(Boolean));
  }

  setTimeout(run); // Once it is shown.
  return h("section", { class: "step", "aria-labelledby": "sending-title" }, title, status,
    h("ul", { class: "results card", id: "results" }, [...rows.values()].map(({ element }) => element)), ways);
}

// Creates the interview unless that was done, then sends it.
async function invite(draft, person, keep) {
  const sending = (draft.sendings[person.id] ??= { key: newKey(), interviewId: null, isSent: false });
  const post = (path, body, part) => call("POST", path, body, { headers: { "Content-Type": "application/json", "Idempotency-Key": `${sending.key}-${part}` } });
  keep();
  if (!sending.interviewId) {
    try {
      sending.interviewId = (await post("/api/async-interviews", request(draft, person), "create")).id;
    } catch (error) {
      if (error instanceof Problem) sending.key = newKey(); // Refused: what is sent next will be another request.
      throw error;
    } finally {
      keep();
    }
  }
  try {
    await post(`/api/async-interviews/${sending.interviewId}/send`, { byMail: draft.byMail }, "send");
  } catch (error) {
    // The answer to an earlier attempt was lost on the way.
    if (!(error instanceof Problem && error.status === 409) || !await isSent(sending.interviewId)) throw error;
  }
  sending.isSent = true;
  keep();
}

async function isSent(id) {
  return (await call("GET", `/api/async-interviews/${id}`)).invitationSentAt !== null;
}

// One candidate's line.
function row(person, draft) {
  const words = h("span", { class: "result-words" });
  const link = h("div", { class: "result-link" });
  const element = h("li", { "data-candidate": person.id }, h("span", { class: "person" }, h("strong", {}, person.name),
    draft.byMail && h("span", { class: "muted small" }, person.invitationEmail)), words, link);
  const say = (state, drawing, text) => {
    element.dataset.state = state;
    words.replaceChildren(...(drawing ? [icon(drawing)] : []), text);
  };
  say("waiting", null, "Waiting");
  return {
    element,
    working: () => say("working", null, draft.byMail ? "Sending…" : "Creating…"),
    refused: (reason, sending) => {
      say("refused", "warning", reason);
      link.replaceChildren(...(sending?.interviewId ? [h("a", { class: "button quiet", href: `/async-interviews/${sending.interviewId}` }, "Open the draft")] : []));
    },
    sent: ({ interviewId }) => {
      say("sent", "check", draft.byMail ? "Invited" : "Link created");
      link.replaceChildren(copying(person, interviewId), h("a", { class: "button quiet", href: `/async-interviews/${interviewId}` }, "Open"));
    },
  };
}

// The link itself is not kept in the browser; the server tells it when it is wanted.
function copying(person, id) {
  const copy = button("Copy link", {
    "aria-label": `Copy ${person.name}’s link`,
    onclick: async () => {
      try {
        const { candidateURL } = await call("GET", `/api/async-interviews/${id}`);
        if (navigator.clipboard) {
          await navigator.clipboard.writeText(candidateURL);
          copy.textContent = "Copied";
        } else {
          // No clipboard for scripts on an address without https: the reader copies it.
          const shown = h("input", { class: "input", readonly: true, value: candidateURL, "aria-label": `${person.name}’s link` });
          copy.replaceWith(shown);
          shown.select();
        }
      } catch (error) {
        copy.after(h("span", { class: "field-error", role: "alert" }, sentence(error)));
      }
    },
  });
  return copy;
}
