import { call } from "../api.js";
import { button, h } from "../dom.js";
import { moment, relative } from "../format.js";
import { sentence } from "./fields.js";
import { mailPreview } from "./mail-preview.js";
import { mailStates } from "./mails-view.js";
import { toast } from "./toast.js";

// What was mailed about a live interview, to each of its people, and what became of it.

const kinds = { "live-scheduled": "Invitation", "live-moved": "Change", "live-cancelled": "Cancellation" };

/** @param mails newest first, as the server lists them */
export function liveMails(live, mails) {
  const lost = mails.filter(({ state }) => state === "failed" || state === "bounced").length;
  return h("section", { class: "card stack", id: "mails", "aria-labelledby": "mails-title" },
    h("h2", { id: "mails-title" }, "Mails ", lost > 0 && h("span", { class: "badge bad" }, `${lost} not delivered`)),
    mails.length === 0 ? h("p", { class: "muted small" }, "Nothing was mailed yet. It takes a moment.") : h("ol", { class: "live-mails" }, mails.map(row)),
    button("Preview the candidate’s mail", { class: "quiet", id: "preview", onclick: () => preview(live) }));
}

function row({ kind, to, state, reason, createdAt, sentAt }) {
  const [label, tone] = mailStates[state];
  const time = sentAt ?? createdAt;
  return h("li", { "data-kind": kind, "data-state": state },
    h("div", { class: "line" }, h("b", {}, kinds[kind]), h("span", { class: `badge ${tone}` }, label)),
    h("p", { class: "muted small" }, h("span", { class: "address" }, to), ", ", h("time", { datetime: time, title: moment(time) }, relative(time))),
    reason && h("p", { class: `small ${state === "sending" ? "" : "why"}` }, reason));
}

async function preview(live) {
  const kind = live.status === "CANCELLED" ? "live-cancelled" : live.sequence > 0 ? "live-moved" : "live-scheduled";
  try {
    mailPreview(kinds[kind], await call("GET", `/api/interviews/${live.id}/mails/${kind}/preview`));
  } catch (error) {
    toast(sentence(error));
  }
}
