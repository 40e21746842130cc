import { isPassing, Unreachable } from "../api.js";
import { h } from "../dom.js";
import { clock, duration } from "../format.js";
import * as machine from "../recording-machine.js";
import { isPlayable, ownRecordingType, TakeRecorder } from "../recorder.js";
import { explain, locale, t } from "../texts.js";
import { reasonToWait } from "../upload.js";
import { DeviceFault, enterFullscreen } from "./devices.js";
import { announce, followFocus, guardLeaving, setState, show } from "./page.js";
import { PauseDialog } from "./pause-dialog.js";
import { savedCard, sendingLine } from "./saved.js";
import * as view from "./question-view.js";

const TICK_MS = 100;
const SPOKEN_SECONDS = [60, 30, 10];

/**
 * One question from thinking to saved. The machine says what is true; this
 * class owns the recorder and the take, and has each phase drawn once.
 */
export class QuestionScreen {
  #session;
  #question;
  #then;
  #state;
  #recorder = null;
  #starting = false;
  #asking = false; // whether a retake is being asked for
  #take = null;
  #playback = null;
  #timer = null;
  #left = new AbortController();
  #spoken = new Set();
  #phase = h("div", { class: "phase" });
  #keepFocus = followFocus(this.#phase, this.#left.signal);
  #parts = {};
  #pauseDialog = new PauseDialog({
    resume: () => this.#resume(),
    finish: () => this.#stop(),
  });

  /**
   * @param session {interview, answers, captures, devices, monitor, ledger, fullscreen, isLate(), practice: null,
   *   or {title, label(): Node, retakes, use, end()}, the words that differ when nothing counts and what takes
   *   the place of sending}
   * @param then {saved(response), proceed(), deviceFault(), gone(), fail(error)}
   */
  constructor(session, question, then) {
    this.#session = session;
    this.#question = question;
    this.#then = then;
  }

  /**
   * @param opened what the server holds of the question; null where it is not asked
   * @param kept a take from before the page was closed or from another device, or null
   */
  open({ opened = null, kept = null } = {}) {
    const { practice } = this.#session;
    const limits = this.#limits(opened);
    this.#take = kept;
    this.#state = kept
      ? machine.recover(limits, { durationSeconds: Math.min(kept.durationSeconds, limits.timeLimitSeconds), cutOff: kept.wasCutOff })
      : machine.begin(limits, performance.now(), opened ? opened.thinkSecondsLeft : undefined);
    show({
      state: this.#state.phase,
      title: practice?.title ?? t("question.label", { number: this.#question.position }),
      content: [h("article", { class: "question column" },
        practice?.label(),
        h("h1", { class: "question-text", id: "question-text", dir: "auto" }, this.#question.content),
        this.#phase)],
      leave: () => this.#close(),
    });
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
    document.addEventListener("fullscreenchange", () => this.#fullscreenChanged(), { signal: this.#left.signal });
    this.#draw();
    this.#tick();
  }

  /** Stops whatever runs, as another page goes on; resolves with the take that is not saved, or null. */
  async leave() {
    if (!["recording", "reviewing"].includes(this.#state.phase)) return null;
    clearInterval(this.#timer);
    const recorder = this.#recorder;
    this.#recorder = null;
    if (recorder) {
      const { durationSeconds } = machine.next(this.#state, { type: "stopped", now: performance.now() });
      await recorder.stop();
      await this.#take.stopped(durationSeconds);
    }
    return this.#take;
  }

  #limits(opened) {
    const { interview } = this.#session;
    const { thinkTimeSeconds, untimedThinking = false, timeLimitSeconds, retakesAllowed } = interview;
    return {
      thinkTimeSeconds: untimedThinking ? null : thinkTimeSeconds,
      timeLimitSeconds: opened?.timeLimitSeconds ?? timeLimitSeconds,
      retakesAllowed: opened?.retakesAllowed ?? retakesAllowed,
      retakesUsed: opened?.retakesUsed ?? 0,
    };
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

  #tick() {
    if (this.#session.isLate()) this.#dispatch({ type: "deadline" });
    this.#dispatch({ type: "tick" });
    this.#follow();
  }

  #dispatch(event) {
    if (this.#left.signal.aborted) return; // Left while a device started or an answer came.
    const before = this.#state;
    this.#state = machine.next(before, { now: performance.now(), ...event });
    if (this.#state === before) return;
    if (this.#state.phase === "gone") return this.#then.gone();
    const changed = ["phase", "refusal"].some((key) => this.#state[key] !== before[key]);
    if (changed || (this.#state.phase === "reviewing" && this.#state.late !== before.late)) this.#draw();
    this.#follow();
  }

  // Draws the phase just entered.
  #draw() {
    const { phase } = this.#state;
    setState(phase);
    guardLeaving(!this.#session.practice && ["recording", "reviewing", "submitting"].includes(phase));
    this.#spoken.clear();
    this.#phase.replaceChildren(...this.#phases[phase]());
    this.#keepFocus();
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
    const left = machine.thinkSecondsLeft(this.#state);
    if (left === Infinity) announce(t("announce.thinkingUntimed"));
    else if (left > 0) announce(t("announce.thinking", { duration: duration(left, locale) }));
    this.#parts = view.thinking(this.#state, this.#session.devices.stream, {
      start: () => { if (this.#session.fullscreen) enterFullscreen(); this.#start(); },
    });
    return this.#parts.content;
  }

  #followThinking() {
    const left = machine.thinkSecondsLeft(this.#state);
    const lead = machine.leadSecondsLeft(this.#state);
    if (this.#starting) return;
    if (this.#state.due) this.#start();
    else if (left === Infinity) this.#parts.pill.set(t("question.thinkingUntimed"));
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
      // Left while the camera was opened anew: nobody else would close it.
      if (this.#left.signal.aborted) return this.#session.devices.close();
      const take = this.#beginTake();
      this.#recorder = new TakeRecorder(stream, {
        chunk: (chunk) => take.add(chunk, this.#recordedMs()),
        fault: () => this.#stop({ fault: true }),
      });
      await this.#recorder.start();
      if (this.#left.signal.aborted) return take.discard();
      this.#session.ledger.begin({ takeId: take.id, questionId: this.#question.id, at: performance.now() });
      this.#dispatch({ type: "started" });
      announce(t("announce.recording", { duration: duration(this.#state.limits.timeLimitSeconds, locale) }));
    } catch (error) {
      if (this.#take) this.#discardTake();
      this.#then.deviceFault();
      if (!(error instanceof DeviceFault)) throw error;
    } finally {
      this.#starting = false;
    }
  }

  #beginTake() {
    this.#take = this.#session.captures.begin({
      id: crypto.randomUUID(), questionId: this.#question.id, takeNumber: machine.takeNumber(this.#state), mimeType: ownRecordingType(),
    });
    this.#take.onprogress = ({ waiting }) => this.#showConnection(waiting?.error.name === "Interrupted");
    return this.#take;
  }

  #recordedMs() {
    return this.#state.phase === "recording" ? machine.recordedMs(this.#state, performance.now()) : 0;
  }

  // Recording

  #drawRecording() {
    this.#parts = view.recording(this.#state, this.#session.devices.stream, { stop: () => this.#stop() });
    return this.#parts.content;
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
    if (this.#state.late) {
      this.#parts.late.hidden = false;
      this.#sayOnce("late", t("question.late"));
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
    if (document.fullscreenElement || !this.#recorder || !this.#session.fullscreen) return;
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
    const { durationSeconds } = stopped;
    await recorder.stop();
    await this.#take.stopped(durationSeconds);
    const { id: takeId, blob } = this.#take;
    const usable = blob.size > 0 && await isPlayable(blob);
    this.#session.ledger.end({ takeId, outcome: usable && !fault ? "RECORDED" : "INTERRUPTED", durationSeconds });
    if (!usable) {
      this.#discardTake();
      return this.#dispatch({ type: "empty", notice: blob.size === 0 ? "empty" : "unplayable" });
    }
    if (this.#left.signal.aborted) return;
    // The deadline may have passed meanwhile.
    this.#state = { ...stopped, late: this.#state.late };
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
    this.#playback ??= this.#take.playback();
    return view.reviewing(this.#state, this.#playback, this.#session.practice, { use: () => this.#use(), retake: () => this.#retake() });
  }

  async #retake() {
    if (this.#asking) return;
    this.#asking = true;
    try {
      await this.#recordAgain();
    } finally {
      this.#asking = false;
    }
  }

  async #recordAgain() {
    let opened = null;
    try {
      await this.#session.devices.ready();
      // What a fault spoilt costs nothing, and nothing has to be asked for.
      if (!this.#state.fault) opened = await this.#session.ledger.open(this.#question.id, { retake: true });
    } catch (error) {
      if (error instanceof DeviceFault) return this.#dispatch({ type: "refused", message: t(`device.${error.reason}.title`) });
      if (error.code === "TAKEN_OVER" || error.status === 410) return this.#then.fail(error);
      if (error.status !== undefined && !isPassing(error)) return this.#dispatch({ type: "refused", message: explain(error) });
      if (!(error instanceof Unreachable) && !isPassing(error)) throw error;
      // The server hears of it with the next take.
    }
    this.#forgetPlayback();
    this.#discardTake();
    this.#dispatch({ type: "retake", opened });
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
    if (this.#asking) return; // The take is about to be replaced.
    if (this.#session.practice) return this.#session.practice.end();
    this.#dispatch({ type: "use" });
    announce(t("announce.submitting"));
    try {
      const response = await this.#take.send({
        progress: (fraction) => this.#dispatch({ type: "progress", fraction }),
        waiting: (seconds, error) => this.#dispatch({ type: "waiting", seconds, reason: reasonToWait(error) }),
      });
      this.#session.ledger.close();
      this.#then.saved(response);
      this.#forgetPlayback();
      this.#dispatch({ type: "saved" });
    } catch (error) {
      if (error.status === 410 || error.status === 401 || error.code === "TAKEN_OVER") return this.#then.fail(error);
      if (error.status === undefined || isPassing(error)) throw error;
      this.#dispatch({ type: "refused", message: t("review.refused", { message: explain(error) }) });
    }
  }

  #drawSubmitting() {
    this.#parts = view.submitting(this.#take.lasting);
    return this.#parts.content;
  }

  #followSubmitting() {
    this.#parts.bar.value = this.#state.fraction * 100;
    this.#parts.line.textContent = sendingLine(this.#state);
    const { waiting } = this.#state;
    if (waiting) this.#sayOnce(waiting.reason, sendingLine(this.#state));
  }

  // Submitted

  #drawSubmitted() {
    announce(t("announce.submitted"));
    return [savedCard(this.#session, () => this.#then.proceed())];
  }

  #sayOnce(key, text) {
    if (this.#spoken.has(key)) return;
    this.#spoken.add(key);
    announce(text);
  }
}
