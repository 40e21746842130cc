import { call, isPassing } from "../api.js";
import { button, h } from "../dom.js";
import { clock, duration } from "../format.js";
import { Draft } from "../drafts.js";
import * as machine from "../writing-machine.js";
import { explain, locale, t } from "../texts.js";
import { persistently } from "../upload.js";
import { withMail } from "./intro.js";
import { announce, followFocus, guardLeaving, setState, show } from "./page.js";
import { savedCard, sendingCard, sendingLine } from "./saved.js";

const TICK_MS = 250;
const SPOKEN_SECONDS = [300, 60, 30, 10];

/** One question that is answered in writing. The machine says what is true; this class owns the text. */
export class WritingScreen {
  #session;
  #question;
  #then;
  #state;
  #draft;
  #timer = null;
  #left = new AbortController();
  #spoken = new Set();
  #parts = {};
  #keepFocus;
  #kept = "none";

  /** @param then {saved(response), proceed(), fail(error)} */
  constructor(session, question, then) {
    this.#session = session;
    this.#question = question;
    this.#then = then;
  }

  /** @param opened the server's answer to opening the question */
  async open({ opened }) {
    const { interview, captures } = this.#session;
    this.#state = machine.begin(limitsOf(interview, opened), performance.now());
    this.#draft = new Draft({
      remote: opened.draft,
      local: await captures.draft(this.#question.id),
      mostCharacters: machine.MOST_CHARACTERS,
      keep: (draft) => captures.keepDraft(this.#question.id, draft),
      send: (text) => this.#send(text),
      isPassing,
      // While the answer itself is being saved, that tells what is wrong.
      fail: (error) => this.#state.phase !== "saving" && this.#then.fail(error),
    });
    this.#draft.onstate = (state) => this.#showKept(state);
    if (this.#draft.text && this.#draft.sent) this.#kept = "sent"; // The server has just shown that it has it.
    this.#parts.phase = h("div", { class: "phase" });
    this.#keepFocus = followFocus(this.#parts.phase, this.#left.signal);
    show({
      state: this.#state.phase,
      title: t("question.label", { number: this.#question.position }),
      content: [h("article", { class: "question written column" },
        h("h1", { class: "question-text", id: "question-text", dir: "auto" }, this.#question.content),
        this.#parts.phase)],
      leave: () => this.#close(),
    });
    this.#listen();
    this.#draw();
    this.#sayTime();
    this.#tick();
  }

  /** Stops, as another page goes on; what is written stays on this device. */
  async leave() {
    await this.#draft.end();
    return null;
  }

  #listen() {
    const { signal } = this.#left;
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
    window.addEventListener("online", () => this.#draft.flush(), { signal });
    // The last moment at which a page that is closed can still send something.
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.#draft.flush(); }, { signal });
  }

  #close() {
    clearInterval(this.#timer);
    this.#left.abort();
    this.#draft.end();
    guardLeaving(false);
  }

  #tick() {
    if (this.#parts.late?.hidden && this.#session.isLate()) this.#parts.late.hidden = false;
    this.#dispatch({ type: "tick", blank: isBlank(this.#draft.text) });
  }

  #dispatch(event) {
    const before = this.#state;
    this.#state = machine.next(before, { now: performance.now(), ...event });
    if (this.#state === before) return;
    if (this.#state.phase !== before.phase) {
      this.#draw();
      if (this.#state.phase === "saving") this.#save();
    }
    this.#follow();
  }

  #draw() {
    const { phase } = this.#state;
    setState(phase);
    guardLeaving(phase === "saving" || (phase !== "saved" && !this.#draft.sent));
    this.#spoken.clear();
    const drawn = { writing: () => this.#drawWriting(), extra: () => this.#drawWriting(), saving: () => this.#drawSaving(), saved: () => this.#drawSaved() };
    this.#parts.phase.replaceChildren(...drawn[phase]());
    this.#keepFocus();
  }

  #follow() {
    if (this.#state.phase === "writing") this.#followWriting();
    if (this.#state.phase === "saving") this.#followSaving();
  }

  // Writing

  #drawWriting() {
    const { phase, refusal } = this.#state;
    const most = machine.mostCharacters(this.#state);
    this.#parts.left = h("span", { class: "time-left figures", role: "timer", "aria-live": "off" });
    this.#parts.count = h("span", { class: "figures", id: "character-count" });
    this.#parts.kept = h("span", { id: "draft-state", role: "status" });
    this.#parts.note = h("p", { class: "notice", id: "writing-note", role: "status", hidden: true });
    this.#parts.late = h("p", { class: "notice caution", id: "writing-late", role: "status", hidden: true }, t("question.late"));
    this.#parts.text = h("textarea", {
      id: "answer", class: "input", dir: "auto", rows: phase === "extra" && most < machine.MOST_CHARACTERS ? "3" : "12", maxlength: most, "data-first": true,
      "aria-describedby": "character-count draft-state", oninput: () => this.#written(),
    });
    this.#parts.text.value = this.#draft.text;
    this.#refuseClipboard(this.#parts.text);
    this.#showCount();
    this.#showKept(this.#kept);
    return [
      this.#parts.late,
      refusal && h("p", { class: "notice bad", role: "alert" }, refusal),
      phase === "extra" && !refusal && h("p", { class: "notice caution", id: "time-up", role: "alert" }, t("writing.timeUpEmpty", { limit: number(most) })),
      h("div", { class: "field" },
        h("div", { class: "field-line" }, h("label", { for: "answer" }, t("writing.label")), this.#parts.left),
        this.#parts.text,
        h("div", { class: "field-line small muted" }, this.#parts.kept, this.#parts.count)),
      this.#parts.note,
      h("div", { class: "actions dock" },
        button(t("writing.use"), { id: "use-answer", class: "primary large", onclick: () => this.#use() }),
        machine.secondsLeft(this.#state) !== null && h("span", { class: "muted small" }, t("writing.useNote"))),
    ].filter(Boolean);
  }

  #followWriting() {
    const left = machine.secondsLeft(this.#state);
    const text = left === null ? t("writing.untimed") : t("question.left", { time: clock(left) });
    if (this.#parts.left.textContent !== text) this.#parts.left.textContent = text;
    if (SPOKEN_SECONDS.includes(left)) this.#sayOnce(left, t("announce.left", { duration: duration(left, locale) }));
  }

  #sayOnce(key, text) {
    if (this.#spoken.has(key)) return;
    this.#spoken.add(key);
    announce(text);
  }

  #sayTime() {
    const left = machine.secondsLeft(this.#state);
    announce(left === null ? t("announce.writingUntimed") : t("announce.writing", { duration: duration(left, locale) }));
  }

  #written() {
    this.#draft.write(this.#parts.text.value);
    this.#parts.note.hidden = true;
    guardLeaving(!this.#draft.sent);
    this.#showCount();
  }

  #showCount() {
    this.#parts.count.textContent = t("writing.count", {
      written: number(this.#parts.text.value.length), limit: number(machine.mostCharacters(this.#state)) });
  }

  #showKept(state) {
    this.#kept = state;
    if (state === "sent") guardLeaving(false);
    if (!this.#parts.kept) return;
    const time = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" }).format(new Date());
    this.#parts.kept.textContent = t(`writing.draft.${state}`, { time });
  }

  // Prevented with a reason; the monitor, if there is one, reports it.
  #refuseClipboard(element) {
    for (const type of ["copy", "cut", "paste", "drop"]) {
      element.addEventListener(type, (event) => {
        event.preventDefault();
        this.#say(withMail("writing.paste", this.#session.interview.contactEmail));
      });
    }
  }

  #say(content) {
    this.#parts.note.replaceChildren(h("span", {}, content));
    this.#parts.note.hidden = false;
  }

  #use() {
    if (!isBlank(this.#draft.text)) return this.#dispatch({ type: "use" });
    this.#say([t("writing.blank")]);
    this.#parts.text.focus();
  }

  #send(text) {
    const { address, page } = this.#session;
    const body = { questionId: this.#question.id, session: page, text };
    return call("POST", `${address}/draft`, body, { keepalive: document.hidden });
  }

  // Saving

  async #save() {
    const { durationSeconds, byItself } = this.#state;
    announce(t(byItself ? "announce.timeUp" : "announce.submitting"));
    const text = this.#draft.text.trim();
    const answer = { questionId: this.#question.id, session: this.#session.page, text, durationSeconds };
    await this.#draft.settle();
    try {
      const response = await persistently(() => call("POST", `${this.#session.address}/text-response`, answer), {
        waiting: (seconds, error) => this.#dispatch({ type: "waiting", seconds, reason: error.name }),
      });
      await this.#session.captures.forgetDraft(this.#question.id);
      this.#then.saved({ ...response, textAnswer: text });
      this.#dispatch({ type: "saved" });
    } catch (error) {
      if (error.status === undefined || isPassing(error)) throw error;
      if ([401, 410].includes(error.status) || error.code === "TAKEN_OVER") return this.#then.fail(error);
      this.#dispatch({ type: "refused", message: t("review.refused", { message: explain(error) }) });
    }
  }

  #drawSaving() {
    this.#parts.line = h("p", { id: "upload-line" });
    return [sendingCard(this.#session.captures.lasting, this.#parts.line)];
  }

  #followSaving() {
    const { waiting } = this.#state;
    this.#parts.line.textContent = sendingLine(this.#state);
    if (waiting) this.#sayOnce(waiting.reason, sendingLine(this.#state));
  }

  #drawSaved() {
    announce(t("announce.submitted"));
    return [savedCard(this.#session, () => this.#then.proceed(), this.#state.byItself ? t("writing.timeUp") : null)];
  }
}

// The server's clock runs for thinking and writing together.
function limitsOf({ thinkTimeSeconds }, { timeLimitSeconds, answerSecondsLeft }) {
  const spentSeconds = answerSecondsLeft === null ? 0 : Math.max(0, thinkTimeSeconds + timeLimitSeconds - answerSecondsLeft);
  return { timeLimitSeconds, answerSecondsLeft, spentSeconds };
}

const isBlank = (text) => text.trim() === "";
const number = (value) => new Intl.NumberFormat(locale).format(value);
