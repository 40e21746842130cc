import { isPassing } from "../api.js";
import { button, h, icon } from "../dom.js";
import { clock, duration, percent } from "../format.js";
import * as machine from "../recording-machine.js";
import { isPlayable, knowLength, ownRecordingType, TakeRecorder } from "../recorder.js";
import { explain, locale, t } from "../texts.js";
import { livePicture } from "./device-check.js";
import { DeviceFault, enterFullscreen } from "./devices.js";
import { announce, guardLeaving, setState, show } from "./page.js";
import { PauseDialog } from "./pause-dialog.js";

const TICK_MS = 100;
const SPOKEN_SECONDS = [60, 30, 10];
const NOTICES = { empty: "question.noticeEmpty", unplayable: "question.noticeUnplayable", fault: "question.noticeFault" };

/**
 * One question from thinking to saved. The machine says what is true; this
 * class owns the recorder and the take, and draws each phase once.
 */
export class QuestionScreen {
  #session;
  #question;
  #then;
  #state;
  #recorder = null;
  #starting = false;
  #take = null;
  #playback = null;
  #timer = null;
  #left = new AbortController();
  #spoken = new Set();
  #parts = {};
  #pauseDialog = new PauseDialog({
    resume: () => this.#resume(),
    finish: () => this.#stop(),
  });

  /**
   * @param session whose `practice` is null, or {title, label(): Node, retakes, use, end()}: the words that
   *   differ when nothing counts, and what takes the place of sending
   * @param then {saved(response), proceed(), deviceFault(retakesUsed), fail(error)}
   */
  constructor(session, question, then) {
    this.#session = session;
    this.#question = question;
    this.#then = then;
  }

  /** @param kept a take from before the page was closed, or null */
  open(kept = null) {
    const { interview, practice } = this.#session;
    const known = interview.responses.find(({ questionId }) => questionId === this.#question.id);
    const limits = {
      thinkTimeSeconds: interview.thinkTimeSeconds,
      timeLimitSeconds: interview.timeLimitSeconds,
      retakesAllowed: interview.retakesAllowed,
      retakesUsed: Math.max(known?.retakesUsed ?? 0, this.#session.retakes.get(this.#question.id) ?? 0, kept?.retakesUsed ?? 0),
    };
    this.#take = kept;
    this.#state = kept
      ? machine.recover(limits, { durationSeconds: Math.min(kept.durationSeconds, limits.timeLimitSeconds), cutOff: kept.wasCutOff })
      : machine.begin(limits, performance.now());
    this.#parts.phase = h("div", { class: "phase" });
    show({
      state: this.#state.phase,
      title: practice?.title ?? t("question.label", { number: this.#question.position }),
      content: [h("article", { class: "question column" },
        practice?.label(),
        h("h1", { class: "question-text", id: "question-text" }, this.#question.content),
        this.#parts.phase)],
      leave: () => this.#close(),
    });
    this.#timer = setInterval(() => this.#dispatch({ type: "tick" }), TICK_MS);
    document.addEventListener("fullscreenchange", () => this.#fullscreenChanged(), { signal: this.#left.signal });
    this.#draw();
    this.#follow();
  }

  #close() {
    clearInterval(this.#timer);
    this.#left.abort();
    this.#recorder?.stop();
    this.#recorder = null;
    this.#pauseDialog.close();
    this.#forgetPlayback();
    guardLeaving(false);
  }

  #dispatch(event) {
    if (this.#left.signal.aborted) return; // The screen was left while a device started.
    const before = this.#state;
    this.#state = machine.next(before, { now: performance.now(), ...event });
    if (this.#state === before) return;
    if (this.#state.phase !== before.phase || this.#state.refusal !== before.refusal) this.#draw();
    this.#follow();
  }

  // Draws the phase just entered.
  #draw() {
    const { phase } = this.#state;
    setState(phase);
    guardLeaving(!this.#session.practice && ["recording", "reviewing", "submitting"].includes(phase));
    this.#spoken.clear();
    const hadFocus = this.#parts.phase.contains(document.activeElement);
    this.#parts.phase.replaceChildren(...this.#phases[phase]());
    if (hadFocus) this.#parts.phase.querySelector("[data-first]")?.focus();
  }

  // Keeps numbers in step and does what the state asks for.
  #follow() {
    this.#followers[this.#state.phase]?.();
  }

  #phases = {
    thinking: () => this.#drawThinking(),
    recording: () => this.#drawRecording(),
    reviewing: () => this.#drawReviewing(),
    submitting: () => this.#drawSubmitting(),
    submitted: () => this.#drawSubmitted(),
  };

  #followers = {
    thinking: () => this.#followThinking(),
    recording: () => this.#followRecording(),
    submitting: () => this.#followSubmitting(),
  };

  // Thinking

  #drawThinking() {
    const { thinkTimeSeconds } = this.#state.limits;
    if (thinkTimeSeconds > 0) announce(t("announce.thinking", { duration: duration(thinkTimeSeconds, locale) }));
    this.#parts.pill = pill("clock", "");
    const picture = livePicture(this.#session.devices.stream, t("question.preview"));
    picture.append(this.#parts.pill.element);
    this.#parts.start = button(t("question.start"), {
      id: "start-recording", class: "primary large", "data-first": true,
      onclick: () => { enterFullscreen(); this.#start(); },
    });
    return [
      this.#state.notice && h("p", { class: "notice caution", role: "status" },
        t(NOTICES[this.#state.notice])),
      picture,
      h("div", { class: "actions dock" }, this.#parts.start, h("span", { class: "muted small" }, t("question.thinkingNote"))),
    ].filter(Boolean);
  }

  #followThinking() {
    const left = machine.thinkSecondsLeft(this.#state);
    const lead = machine.leadSecondsLeft(this.#state);
    if (this.#state.due) this.#start();
    else if (left > 0) this.#parts.pill.set(`${t("question.thinking")} ${clock(left)}`);
    else {
      this.#parts.pill.set(t("question.thinkingOver", { seconds: lead }));
      this.#sayOnce("lead", t("announce.lead", { seconds: lead }));
    }
  }

  async #start() {
    if (this.#starting) return;
    this.#starting = true;
    this.#parts.start.disabled = true;
    this.#parts.pill.set(t("question.starting"));
    try {
      const stream = await this.#session.devices.ready();
      const take = this.#beginTake();
      this.#recorder = new TakeRecorder(stream, {
        chunk: (chunk) => take.add(chunk, this.#recordedMs()),
        fault: () => this.#stop({ fault: true }),
      });
      await this.#recorder.start();
      this.#dispatch({ type: "started" });
      announce(t("announce.recording", { duration: duration(this.#state.limits.timeLimitSeconds, locale) }));
    } catch (error) {
      if (this.#take) this.#discardTake();
      this.#then.deviceFault(this.#state.retakesUsed);
      if (!(error instanceof DeviceFault)) throw error;
    } finally {
      this.#starting = false;
    }
  }

  #beginTake() {
    this.#take = this.#session.captures.begin({
      questionId: this.#question.id, takeNumber: machine.takeNumber(this.#state),
      retakesUsed: this.#state.retakesUsed, mimeType: ownRecordingType(),
    });
    this.#take.onprogress = ({ waiting }) => this.#showConnection(waiting?.error.name === "Interrupted");
    return this.#take;
  }

  #recordedMs() {
    return this.#state.phase === "recording" ? machine.recordedMs(this.#state, performance.now()) : 0;
  }

  // Recording

  #drawRecording() {
    const { timeLimitSeconds } = this.#state.limits;
    this.#parts.pill = pill("live", "");
    this.#parts.bar = h("div", { class: "time-bar", "aria-hidden": "true" });
    const picture = livePicture(this.#session.devices.stream, t("question.preview"));
    picture.classList.add("live");
    this.#parts.connection = h("p", { class: "pill remark", id: "recording-offline", hidden: true }, t("question.offline"));
    picture.append(this.#parts.pill.element, this.#parts.bar, this.#parts.connection);
    return [
      picture,
      h("div", { class: "actions dock" },
        button(t("question.stop"), { id: "stop-recording", class: "danger large", "data-first": true, onclick: () => this.#stop() }, "stop"),
        h("span", { class: "muted small" }, t("question.limit", { duration: duration(timeLimitSeconds, locale) }))),
    ];
  }

  #followRecording() {
    const left = machine.recordSecondsLeft(this.#state);
    const label = this.#state.paused ? t("question.paused") : t("question.recording");
    this.#parts.pill.set(`${label} · ${t("question.left", { time: clock(left) })}`);
    this.#parts.pill.element.classList.toggle("still", this.#state.paused);
    this.#parts.bar.style.setProperty("--part", left / this.#state.limits.timeLimitSeconds);
    if (SPOKEN_SECONDS.includes(left) && left < this.#state.limits.timeLimitSeconds) {
      this.#sayOnce(left, t("announce.left", { duration: duration(left, locale) }));
    }
    if (this.#state.full) this.#stop();
  }

  // Being offline is no reason to stop talking: nothing is lost.
  #showConnection(offline) {
    if (this.#state.phase !== "recording" || this.#parts.connection.hidden === !offline) return;
    this.#parts.connection.hidden = !offline;
    if (offline) announce(t("question.offline"));
  }

  #fullscreenChanged() {
    if (document.fullscreenElement || !this.#recorder) return;
    if (this.#state.phase !== "recording" || this.#state.paused) return;
    this.#session.monitor.report("FULLSCREEN_EXIT", { atSecond: Math.round(this.#state.recordedMs / 1000) });
    this.#recorder.pause();
    this.#dispatch({ type: "pause" });
    announce(t("announce.paused"));
    this.#pauseDialog.open();
  }

  #resume() {
    this.#recorder.resume();
    this.#dispatch({ type: "resume" });
    announce(t("announce.resumed"));
  }

  async #stop({ fault = false } = {}) {
    if (this.#state.phase !== "recording" || !this.#recorder) return;
    const recorder = this.#recorder;
    this.#recorder = null;
    this.#pauseDialog.close();
    const stopped = machine.next(this.#state, { type: "stopped", now: performance.now(), fault });
    await recorder.stop();
    await this.#take.stopped(stopped.durationSeconds);
    const { blob } = this.#take;
    if (blob.size === 0 || !await isPlayable(blob)) {
      this.#discardTake();
      return this.#dispatch({ type: "empty", notice: blob.size === 0 ? "empty" : "unplayable" });
    }
    this.#state = stopped;
    this.#reportOverrun();
    this.#draw();
    announce(t("announce.reviewing"));
  }

  // A device that slept or a throttled timer can record past the limit.
  #reportOverrun() {
    const allowedSeconds = this.#state.limits.timeLimitSeconds;
    const actualSeconds = this.#state.durationSeconds;
    if (actualSeconds > allowedSeconds) this.#session.monitor.report("TIME_LIMIT_EXCEEDED", { allowedSeconds, actualSeconds });
  }

  // Reviewing

  #drawReviewing() {
    const { refusal, fault, durationSeconds } = this.#state;
    this.#playback ??= URL.createObjectURL(this.#take.blob);
    const video = h("video", { id: "take", src: this.#playback, controls: true, playsinline: true, preload: "auto", "aria-label": t("review.video"), onloadedmetadata: () => knowLength(video) });
    const remark = this.#remark();
    return [
      refusal && h("p", { class: "notice bad", role: "alert" }, refusal),
      remark && h("p", { class: `notice ${fault ? "caution" : ""}` }, remark),
      h("div", { class: "stage" }, video),
      h("p", { class: "take-line small muted" },
        h("b", {}, t("review.take", { number: machine.takeNumber(this.#state), duration: duration(durationSeconds, locale) })), " ",
        fault ? null : this.#retakeSentence()),
      h("div", { class: "actions dock" },
        button(this.#session.practice?.use ?? t("review.use"), { id: "use-take", class: "primary large", "data-first": true, onclick: () => this.#use() }),
        machine.mayRetake(this.#state) && button(t("review.retake"), {
          id: "re-record", class: "large", title: t("review.retakeNote"), onclick: () => this.#retake(),
        }, "retake"),
        button(t("review.play"), { id: "play-back", class: "quiet large", onclick: () => video.play() }, "play")),
    ].filter(Boolean);
  }

  #remark() {
    const { fault, recovered, atLimit } = this.#state;
    if (recovered) return t(fault ? "review.keptPart" : "review.keptWhole");
    if (fault) return t("review.fault");
    return atLimit ? t("review.atLimit") : null;
  }

  #retakeSentence() {
    if (this.#session.practice) return this.#session.practice.retakes;
    const count = machine.retakesLeft(this.#state);
    return count > 0 ? t("review.retakesLeft", { count }) : t("review.retakesNone");
  }

  async #retake() {
    try {
      await this.#session.devices.ready();
    } catch (error) {
      if (!(error instanceof DeviceFault)) throw error;
      return this.#dispatch({ type: "refused", message: t(`device.${error.reason}.title`) });
    }
    this.#forgetPlayback();
    this.#discardTake();
    this.#dispatch({ type: "retake" });
  }

  #discardTake() {
    this.#take.discard();
    this.#take = null;
  }

  #forgetPlayback() {
    if (this.#playback) URL.revokeObjectURL(this.#playback);
    this.#playback = null;
  }

  // Submitting

  async #use() {
    if (this.#session.practice) return this.#session.practice.end();
    this.#dispatch({ type: "use" });
    announce(t("announce.submitting"));
    try {
      const response = await this.#take.send({
        progress: (fraction) => this.#dispatch({ type: "progress", fraction }),
        waiting: (seconds, error) => this.#dispatch({ type: "waiting", seconds, reason: error.name }),
      });
      this.#then.saved(response);
      this.#forgetPlayback();
      this.#dispatch({ type: "saved" });
    } catch (error) {
      if (error.status === 410 || error.status === 401) return this.#then.fail(error);
      if (error.status === undefined || isPassing(error)) throw error;
      this.#dispatch({ type: "refused", message: t("review.refused", { message: explain(error) }) });
    }
  }

  #drawSubmitting() {
    this.#parts.bar = h("progress", { id: "upload-progress", max: "100", value: "0", "aria-label": t("upload.progress") });
    this.#parts.line = h("p", { class: "figures", role: "status", id: "upload-line" });
    return [h("div", { class: "sending card padded" },
      h("h2", {}, t("upload.title")), this.#parts.bar, this.#parts.line,
      h("p", { class: "muted small" }, t(this.#session.captures.lasting ? "upload.keepOpenLasting" : "upload.keepOpen")))];
  }

  #followSubmitting() {
    const { fraction, waiting } = this.#state;
    this.#parts.bar.value = fraction * 100;
    this.#parts.line.textContent = waiting
      ? t(["Unreachable", "Interrupted"].includes(waiting.reason) ? "upload.offline" : "upload.busy", { seconds: waiting.seconds })
      : fraction < 1 ? t("upload.percent", { percent: percent(fraction, locale) }) : t("upload.finishing");
  }

  // Submitted

  #drawSubmitted() {
    announce(t("announce.submitted"));
    const { interview, answers } = this.#session;
    const left = interview.questionCount - answers.size;
    return [h("div", { class: "saved card padded" },
      h("span", { class: "seal", "aria-hidden": "true" }, icon("check")),
      h("h2", {}, t("saved.title")),
      h("p", { class: "muted", id: "safe-to-close" }, t("saved.safe")),
      h("div", { class: "actions" },
        button(left > 0 ? t("saved.next") : t("saved.last"), {
          id: "next-question", class: "primary large", "data-first": true, onclick: () => this.#then.proceed(),
        })),
      left > 0 && h("p", { class: "muted small" }, t("saved.nextNote", { count: left })))];
  }

  #sayOnce(key, text) {
    if (this.#spoken.has(key)) return;
    this.#spoken.add(key);
    announce(text);
  }
}

// The label on the picture: what is happening and how long still.
function pill(kind, text) {
  const label = h("span", { class: "figures" }, text);
  return {
    element: h("div", { class: `pill ${kind}`, role: "timer", "aria-live": "off" }, label),
    set: (value) => { if (label.textContent !== value) label.textContent = value; },
  };
}
