import { call } from "../api.js";
import { button, h } from "../dom.js";
import { moment, relative } from "../format.js";
import { mailPreview } from "./mail-preview.js";

// What was mailed about one interview and what became of it: <mails-view>. Give it the interview
// with `show`; it asks for the rest by itself.

const POLL_MS = 8000;

const kinds = {
  invitation: "Invitation", reminder: "Reminder", receipt: "Receipt", "deadline-changed": "New deadline",
  cancelled: "Withdrawal", "ready-to-review": "Ready to review", "review-asked": "Asked to review",
  "review-ready": "Ready for a reviewer",
};
/** Those that several people of the organisation get. */
const toReviewers = ["review-asked", "review-ready"];

/** What became of a mail: label and tone. */
export const mailStates = {
  sending: ["Being sent", "caution"], sent: ["Sent", "good"], failed: ["Not sent", "bad"], bounced: ["Came back", "bad"],
  skipped: ["Not needed", ""],
};

const isLost = ({ state }) => state === "failed" || state === "bounced";
/** Newest first: whether one of the same kind has gone out since; to whom, where several people get one. */
const isMadeGood = (mail, mails) => mails.slice(0, mails.indexOf(mail)).some(({ kind, to, state }) => kind === mail.kind
  && (!toReviewers.includes(kind) || to === mail.to) && (state === "sent" || state === "sending"));

class MailsView extends HTMLElement {
  #interview = null;
  /** As the server lists them; null until it did. */
  #listed = null;
  #failure = null;
  #timer = null;
  #note = h("p", { role: "status", class: "small" });
  #heading = h("summary", {});
  #content = h("div", { class: "content" });

  connectedCallback() {
    if (this.childElementCount === 0) this.append(h("details", { id: "mails" }, this.#heading, this.#content, this.#note));
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
  }

  show(interview) {
    const isNew = this.#interview?.id !== interview.id || this.#interview?.status !== interview.status;
    this.#interview = interview;
    this.#draw();
    if (isNew || this.#listed?.mails.some(({ state }) => state === "sending")) this.#load();
  }

  async #load() {
    clearTimeout(this.#timer);
    try {
      this.#listed = await call("GET", `/api/async-interviews/${this.#interview.id}/mails`);
      this.#failure = null;
    } catch (error) {
      this.#failure = error;
    }
    this.#draw();
    if (this.isConnected && this.#listed?.mails.some(({ state }) => state === "sending")) this.#timer = setTimeout(() => this.#load(), POLL_MS);
  }

  #draw() {
    const focused = this.contains(document.activeElement) ? document.activeElement.id : null;
    this.#heading.replaceChildren("Mails", ...this.#summary());
    this.#content.replaceChildren(...this.#body());
    if (focused) this.querySelector(`[id="${focused}"]`)?.focus();
  }

  #summary() {
    if (!this.#listed) return [];
    const { mails } = this.#listed;
    const lost = mails.filter((mail) => isLost(mail) && !isMadeGood(mail, mails)).length;
    return [
      lost > 0 && h("span", { class: "badge bad" }, lost === 1 ? "1 not delivered" : `${lost} not delivered`),
      h("span", { class: "muted small" }, mails.length === 0 ? "none yet" : String(mails.length)),
    ].filter(Boolean);
  }

  #body() {
    const failed = this.#failure && h("p", { class: "notice bad" }, "The mails could not be loaded. ", this.#failure.message, " ",
      button("Try again", { class: "quiet", id: "mails-again", onclick: () => this.#load() }));
    if (!this.#listed) return [failed || h("p", { class: "muted small" }, "Loading…")];
    const { mails, reminderAt } = this.#listed;
    return [
      failed,
      reminderAt && h("p", { class: "line small" },
        h("span", {}, "The candidate will be reminded ", h("time", { datetime: reminderAt, title: moment(reminderAt) }, relative(reminderAt)), "."),
        this.#previewButton("reminder", "planned")),
      mails.length === 0
        ? h("div", { class: "line" }, h("p", { class: "muted small" }, "Nothing was mailed yet. The invitation goes out when the interview is sent."),
          this.#previewButton("invitation", "first"))
        : h("ol", {}, mails.map((mail) => this.#row(mail, mails))),
    ].filter(Boolean);
  }

  #row(mail, mails) {
    const { id, kind, to, state, reason, attempts, createdAt, sentAt } = mail;
    const [label, tone] = mailStates[state];
    const time = sentAt ?? createdAt;
    const canResend = mail === mails.find((each) => each.kind === "invitation") && ["SENT", "OPENED", "IN_PROGRESS"].includes(this.#interview.status);
    return h("li", { "data-kind": kind, "data-state": state },
      h("div", { class: "line" }, h("b", {}, kinds[kind]), h("span", { class: `badge ${tone}` }, label)),
      h("p", { class: "muted small" }, "To ", h("span", { class: "address" }, to), ", ", h("time", { datetime: time, title: moment(time) }, relative(time))),
      reason && h("p", { class: `small ${isLost(mail) ? "why" : ""}` }, reason,
        state === "sending" && ` It will be tried again${attempts > 1 ? `; attempt ${attempts} was the last.` : "."}`),
      isLost(mail) && !isMadeGood(mail, mails) && h("p", { class: "small" }, advice(kind)),
      h("div", { class: "line" }, this.#previewButton(kind, id),
        canResend && button("Send again", { class: "quiet", id: `resend-${id}`, onclick: () => this.#resend() })));
  }

  #previewButton(kind, key) {
    return button("Preview", { class: "quiet", id: `preview-${key}`, "aria-label": `Preview: ${kinds[kind]}`, onclick: () => this.#preview(kind) });
  }

  async #preview(kind) {
    try {
      const mail = await call("GET", `/api/async-interviews/${this.#interview.id}/mails/${kind}/preview`);
      mailPreview(kinds[kind], mail);
      this.#say("");
    } catch (error) {
      this.#say(error.message, true);
    }
  }

  async #resend() {
    this.#say("Sending…");
    try {
      await call("POST", `/api/async-interviews/${this.#interview.id}/resend`);
    } catch (error) {
      return this.#say(error.message, true);
    }
    this.#say("The invitation is on its way once more.");
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#load(), 1000);
  }

  #say(text, isBad = false) {
    this.#note.textContent = text;
    this.#note.classList.toggle("why", isBad);
  }
}

function advice(kind) {
  return ["ready-to-review", ...toReviewers].includes(kind)
    ? "Ask an administrator to check the address of the account it was sent to."
    : "Check the candidate’s address, or reach them another way: the interview’s link can be copied from the list.";
}

customElements.define("mails-view", MailsView);
