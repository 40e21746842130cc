import { Problem } from "../api.js";
import { button, h, icon } from "../dom.js";
import { percent } from "../format.js";
import { knowLength } from "../recorder.js";
import { locale, t } from "../texts.js";
import { beginButton } from "./begin-button.js";
import { mail } from "./intro.js";
import { allowAgain, announce, focusHeading } from "./page.js";
import { judgeProof, PROOF_SECONDS, ProofFault, recordProof } from "./proof.js";
import { faultView, verdictView } from "./proof-result.js";
import "./level-meter.js";

/**
 * Lets the candidate choose devices, see and hear themselves, prove with a
 * short test that an answer would arrive, and begin.
 *
 * @param then {begin(): a sentence if it did not work, back(), fail(error), practise?()}
 */
export function deviceCheckScreen(session, then) {
  const check = new DeviceCheck(session, then);
  return {
    state: "device-check", title: t("check.screen"), content: [check.element],
    opened: () => check.open(), leave: () => check.close(),
  };
}

class DeviceCheck {
  element = h("div", { class: "check column" }, opening());
  #session;
  #then;
  #parts = {};
  #test = null; // the AbortController of the one that runs
  #clip = null; // the address of the last one's recording

  constructor(session, then) {
    this.#session = session;
    this.#then = then;
  }

  /** @param chosen {camera?, microphone?}: another one than before */
  async open(chosen = {}) {
    this.close();
    this.element.replaceChildren(...opening());
    if (Object.keys(chosen).length > 0) this.#session.proved = false;
    focusHeading();
    try {
      await this.#session.devices.open(chosen);
      await this.#draw();
      focusHeading();
    } catch (error) {
      if (!error.reason) throw error;
      this.#explain(error.reason);
    }
  }

  close() {
    this.#test?.abort();
    this.#test = null;
    this.#forgetClip();
  }

  #explain(reason) {
    const [before, after] = t("device.help", { email: "\n" }).split("\n");
    this.element.replaceChildren(h("div", { class: "message", id: "device-fault", "data-reason": reason },
      icon("camera"),
      h("h1", {}, t(`device.${reason}.title`)),
      h("p", {}, t(`device.${reason}.way`)),
      h("p", { class: "muted small" }, before, mail(this.#session.interview.contactEmail), after),
      h("div", { class: "actions" },
        button(t("check.again"), { id: "try-again", class: "primary large", onclick: () => this.open() }),
        this.#backButton())));
    focusHeading();
    announce(t(`device.${reason}.title`));
  }

  async #draw() {
    const { cameras, microphones } = await this.#session.devices.list();
    const parts = this.#parts;
    parts.stage = h("div", { class: "check-stage" });
    parts.devices = h("fieldset", { class: "check-devices" },
      h("legend", { class: "visually-hidden" }, t("check.devices")),
      choice("camera", cameras, (id) => this.open({ camera: id })),
      h("div", { class: "stack-tight" },
        choice("microphone", microphones, (id) => this.open({ microphone: id })),
        ...meter(this.#session.devices.stream)));
    parts.step = h("div", { class: "check-step" });
    this.element.replaceChildren(
      h("div", { class: "opening" }, h("h1", {}, t("check.title")), h("p", { class: "lead" }, t("check.lead"))),
      h("div", { class: "check-grid" }, parts.stage, parts.devices,
        parts.step));
    this.#showLive();
    this.#await();
  }

  // A candidate who comes back has proved it before, and their time may be running.
  get #mayBegin() {
    return this.#session.proved || this.#session.interview.startedAt !== null;
  }

  // Before a test

  #await() {
    this.#enter("idle");
    if (this.#mayBegin) return this.#offerBegin(t("check.microphoneWorks"), []);
    this.#parts.outcome.replaceChildren(h("p", { class: "muted" }, t("proof.hint")));
    this.#parts.dock.replaceChildren(this.#testButton(t("proof.test"), "primary large"), this.#backButton());
  }

  // While it runs

  async #prove() {
    const test = new AbortController();
    this.#test = test;
    this.#enter("recording");
    const stop = button(t("proof.stop"), { id: "stop-test", class: "large", onclick: () => test.abort() }, "stop");
    this.#parts.dock.replaceChildren(stop);
    this.#drawTest();
    stop.focus();
    try {
      const blob = await this.#record(test);
      this.#showClip(blob);
      const judged = await this.#send(blob, test);
      if (this.#test === test) this.#conclude({ ...judged, size: blob.size });
    } catch (error) {
      if (this.#test !== test) return; // The screen was left, or another device chosen.
      if (error instanceof Problem) return this.#then.fail(error);
      if (!(error instanceof ProofFault)) throw error;
      this.#giveUp(error);
    }
  }

  // What is said while it is recorded and while it is sent has one place, so that nothing moves in between.
  #drawTest() {
    this.#parts.bar = h("progress", { max: "100", value: "0", "aria-label": t("proof.progress") });
    this.#parts.line = h("p", { class: "figures small muted" });
    this.#parts.outcome.classList.add("test");
    this.#parts.outcome.replaceChildren(
      h("p", { class: "prompt" }, t("proof.speak")),
      h("div", { class: "proof card padded" }, this.#parts.line, this.#parts.bar));
  }

  #record(test) {
    const show = (left) => {
      const text = `${t("question.recording")} · ${t("proof.left", { seconds: Math.ceil(left) })}`;
      if (label.textContent !== text) label.textContent = text;
      bar.style.setProperty("--part", left / PROOF_SECONDS);
    };
    const label = h("span", { class: "figures" });
    const bar = h("div", { class: "time-bar", "aria-hidden": "true" });
    const picture = this.#showLive();
    picture.classList.add("live");
    picture.append(h("div", { class: "pill live", role: "timer", "aria-live": "off" }, label), bar);
    show(PROOF_SECONDS);
    announce(t("announce.proof", { seconds: PROOF_SECONDS }));
    return recordProof(this.#session.devices.stream, test.signal, show);
  }

  #send(blob, test) {
    const { bar, line } = this.#parts;
    this.#enter("sending");
    line.textContent = t("proof.sending");
    announce(t("proof.sending"));
    return judgeProof(this.#session.address, blob, test.signal, {
      sending: (fraction) => { bar.value = fraction * 100; line.textContent = t("upload.percent", { percent: percent(fraction, locale) }); },
      looking: () => { bar.removeAttribute("value"); line.textContent = t("proof.looking"); announce(t("proof.looking")); },
    });
  }

  // After it

  #conclude(result) {
    this.#test = null;
    const passed = result.verdict.problems.length === 0;
    this.#session.proved = passed;
    const view = verdictView(result);
    if (passed) {
      this.#enter("passed");
      this.#offerBegin(t("check.hearMyself"), [view]);
    } else {
      this.#enter("problems");
      this.#offerAnyway(view, t("proof.anywayProblems"));
    }
    this.#present();
  }

  #giveUp(fault) {
    this.#test = null;
    this.#enter("failed");
    if (!this.#clip) this.#showLive();
    this.#offerAnyway(faultView(fault), t(this.#session.captures.lasting ? "proof.anywayFailedLasting" : "proof.anywayFailed"));
    this.#present();
  }

  // Brings the reader to what the test showed.
  #present() {
    const title = this.#parts.outcome.querySelector("h2");
    title.focus({ preventScroll: true });
    title.closest(".proof").scrollIntoView({ block: "nearest" });
  }

  #offerBegin(heard, views) {
    const { outcome, dock } = this.#parts;
    const begin = beginButton(this.#session, this.#then.begin);
    const boxes = [confirmation("camera-works", t("check.seeMyself")), confirmation("microphone-works", heard)];
    const complete = () => begin.allow(boxes.every((box) => box.querySelector("input").checked));
    const confirmations = h("fieldset", { class: "confirmations", onchange: complete },
      h("legend", {}, t(this.#clip ? "check.confirmClip" : "check.confirmLive")), boxes);
    outcome.replaceChildren(...views, confirmations);
    dock.replaceChildren(begin.element,
      this.#testButton(t(this.#clip ? "proof.again" : "proof.test"), "large"),
      ...this.#practiceButton(), this.#backButton(), begin.note);
    complete();
  }

  #offerAnyway(view, consequence) {
    const note = h("p", { class: "muted small", role: "status", id: "anyway-note" }, consequence);
    const anyway = button(t("proof.anyway"), {
      id: "go-on-anyway", class: "large", "aria-describedby": "anyway-note",
      onclick: async () => {
        anyway.disabled = true;
        note.textContent = await this.#then.begin() ?? consequence;
        allowAgain(anyway);
      },
    });
    this.#parts.outcome.replaceChildren(view, note);
    this.#parts.dock.replaceChildren(this.#testButton(t("proof.again"), "primary large"), anyway, this.#backButton());
  }

  #testButton(label, classes) {
    return button(label, { id: "record-test", class: classes, onclick: () => this.#prove() }, "video");
  }

  #practiceButton() {
    return this.#then.practise ? [button(t("practice.try"), { id: "practise", class: "quiet large", onclick: this.#then.practise })] : [];
  }

  #backButton() {
    return button(t("check.back"), { class: "quiet large", onclick: this.#then.back });
  }

  // Names the step, and lets devices be changed only where none is recorded. What a step says and asks is
  // new with it: nothing that is there already is pushed away.
  #enter(step) {
    this.element.dataset.proof = step;
    this.#parts.devices.disabled = ["recording", "sending"].includes(step);
    if (step === "sending") return;
    this.#parts.outcome = h("div", { class: "outcome" });
    this.#parts.dock = h("div", { class: "actions dock" });
    this.#parts.step.replaceChildren(this.#parts.outcome, this.#parts.dock);
  }

  // The picture

  #showLive() {
    this.#forgetClip();
    const picture = livePicture(this.#session.devices.stream, t("check.preview"));
    this.#parts.stage.replaceChildren(picture);
    return picture;
  }

  #showClip(blob) {
    this.#clip = URL.createObjectURL(blob);
    const video = h("video", {
      id: "test-clip", src: this.#clip, controls: true, playsinline: true, preload: "auto", "aria-label": t("proof.clip"),
      onloadedmetadata: () => knowLength(video),
    });
    const play = button(t("proof.play"), { id: "play-test", class: "over", onclick: () => video.play() }, "play");
    video.addEventListener("playing", () => { play.hidden = true; });
    video.addEventListener("ended", () => { play.hidden = false; });
    this.#parts.stage.replaceChildren(h("div", { class: "stage" }, video, play));
  }

  #forgetClip() {
    if (this.#clip) URL.revokeObjectURL(this.#clip);
    this.#clip = null;
  }
}

function opening() {
  return [
    h("h1", {}, t("check.title")),
    h("p", { class: "lead" }, t("check.opening")),
    h("div", { class: "stage skeleton" }),
  ];
}

/** A muted, mirrored picture of the stream, as in a mirror. */
export function livePicture(stream, label) {
  const video = h("video", { class: "mirror", autoplay: true, playsinline: true, "aria-label": label });
  video.muted = true;
  video.srcObject = stream;
  return h("div", { class: "stage" }, video);
}

function choice(kind, devices, choose) {
  const unnamed = kind === "camera" ? "check.unnamedCamera" : "check.unnamedMicrophone";
  return h("div", { class: "field" },
    h("label", { for: `${kind}-select` }, t(`check.${kind}`)),
    h("select", { id: `${kind}-select`, class: "input", onchange: ({ target }) => choose(target.value) },
      devices.map((device, index) => h("option", { value: device.id, selected: device.current },
        device.label || t(unnamed, { number: index + 1 })))));
}

function meter(stream) {
  const level = h("level-meter", { id: "level-meter", "aria-label": t("check.level") });
  const verdict = h("p", { class: "small muted", role: "status", id: "level-verdict" }, t("check.quiet"));
  const say = (key, classes) => {
    verdict.textContent = t(key);
    verdict.className = `small ${classes}`;
  };
  level.stream = stream;
  level.addEventListener("heard", () => say("check.heard", "muted"));
  level.addEventListener("unheard", () => say("check.unheard", "notice caution"));
  return [level, verdict];
}

function confirmation(id, label) {
  return h("label", { class: "confirmation", for: id }, h("input", { type: "checkbox", id }), label);
}
