import { h, icon } from "../dom.js";
import { clock } from "../format.js";
import { knowLength } from "../recorder.js";

const SPEEDS = [0.75, 1, 1.25, 1.5, 1.75, 2];
const STEP_SECONDS = 5;
const LEAST_RENEWAL_MS = 5000;
const CAPTIONS = "parley-captions"; // where this browser keeps whether they are shown

/**
 * `<answer-player>`: one recorded answer with speed and keyboard control.
 * Sends `started`, `moved` ({detail: seconds}) while it plays and after a seek,
 * and `expired` when the address of the video no longer works; `renew` then goes
 * on at the same place.
 *
 * Keys, with the focus inside: Space or K plays and pauses, J and L or the
 * arrows go five seconds back and forth.
 */
export class AnswerPlayer extends HTMLElement {
  #video;
  #duration = 0;
  #play;
  #slider;
  #time;
  #renewedAt = 0;
  #frame = 0;
  #at = 0; // seconds, kept while the video itself is being replaced
  #wanted = false; // whether it should be playing
  #measuring = false;
  #note;
  #track = null;
  #captions;
  #speed;
  speed = 1;
  /** What the ids of its controls begin with, where a page has several players. */
  scope = "";

  /** @param url where the video is @param duration in seconds, as measured when recording */
  load(url, duration, label) {
    this.#duration = duration;
    this.#at = 0;
    this.#wanted = false;
    this.#measuring = false;
    this.#video = h("video", {
      src: url, playsinline: true, preload: "auto", tabindex: "0", "aria-label": label,
      onclick: () => this.toggle(), onerror: () => this.#failed(),
      onplay: () => this.#playing(true), onpause: () => this.#playing(false), onended: () => { this.#wanted = false; this.#playing(false); },
      onseeked: () => this.#moved(), onloadedmetadata: () => this.#loaded(),
    });
    this.#track = null;
    this.#video.playbackRate = this.#video.defaultPlaybackRate = this.speed;
    this.replaceChildren(h("div", { class: "screen" }, this.#video), this.#controls());
    this.#note = h("p", { class: "small", role: "status", hidden: true });
    this.append(this.#note);
  }

  /** Adds captions to what was loaded. @param url of a WebVTT file */
  caption(url) {
    if (this.#track) return;
    this.#track = h("track", { kind: "captions", label: "Transcript", src: url });
    this.#video.append(this.#track);
    this.#captions.hidden = false;
    this.#showCaptions(localStorage.getItem(CAPTIONS) === "on");
  }

  connectedCallback() {
    this.addEventListener("keydown", this.#key);
  }

  disconnectedCallback() {
    cancelAnimationFrame(this.#frame);
    this.removeEventListener("keydown", this.#key);
  }

  get seconds() {
    return this.#video?.currentTime ?? 0;
  }

  seek(seconds, play = !this.#video?.paused) {
    if (!this.#video) return;
    this.#at = Math.min(Math.max(0, seconds), this.#duration);
    this.#video.currentTime = this.#at;
    if (play) this.#start();
    this.#moved();
  }

  toggle() {
    if (this.#video.paused) this.#start();
    else {
      this.#wanted = false;
      this.#video.pause();
    }
  }

  pause() {
    if (this.#video && !this.#video.paused) this.toggle();
  }

  /** One speed faster (1) or slower (-1). */
  changeSpeed(by) {
    if (!this.#video) return;
    const index = Math.min(SPEEDS.length - 1, Math.max(0, SPEEDS.indexOf(this.speed) + by));
    this.#setSpeed(SPEEDS[index]);
    this.#speed.value = String(this.speed);
  }

  #setSpeed(speed) {
    this.speed = speed;
    this.#video.playbackRate = speed;
  }

  /** Shows or hides the captions, here and in the next answers. */
  toggleCaptions() {
    if (!this.#track) return;
    const on = this.#track.track.mode !== "showing";
    localStorage.setItem(CAPTIONS, on ? "on" : "off");
    this.#showCaptions(on);
  }

  #showCaptions(on) {
    this.#track.track.mode = on ? "showing" : "disabled";
    this.#captions.setAttribute("aria-pressed", String(on));
  }

  /** A fresh address for the same video. */
  renew(url) {
    this.#video.src = url;
  }

  // Play may be refused or interrupted by a new address; both end in `paused`.
  #start() {
    this.#wanted = true;
    this.#video.play().catch((error) => {
      if (!["AbortError", "NotAllowedError", "NotSupportedError"].includes(error.name)) throw error;
    });
  }

  // An address works for five minutes. Ask for another, but not in a circle.
  #failed() {
    if (performance.now() - this.#renewedAt < LEAST_RENEWAL_MS && this.#renewedAt > 0) {
      this.#note.textContent = "The video cannot be played. Reload the page to try again.";
      this.#note.hidden = false;
      return;
    }
    this.#renewedAt = performance.now();
    this.dispatchEvent(new Event("expired"));
  }

  async #loaded() {
    const at = this.#at;
    this.#measuring = true;
    await knowLength(this.#video);
    this.#measuring = false;
    this.#note.hidden = true;
    this.#video.playbackRate = this.speed;
    if (at > 0 || this.#wanted) this.seek(at, this.#wanted);
  }

  #controls() {
    this.#play = h("button", { type: "button", class: "round", "aria-label": "Play", id: `${this.scope}play`, onclick: () => this.toggle() }, icon("play"));
    this.#slider = h("input", {
      type: "range", min: "0", max: String(this.#duration), step: "0.1", value: "0", "aria-label": "Position",
      oninput: () => this.seek(Number(this.#slider.value)),
    });
    this.#time = h("span", { class: "figures small" }, `0:00 / ${clock(this.#duration)}`);
    this.#speed = h("select", {
      "aria-label": "Speed", id: `${this.scope}speed`, class: "small",
      onchange: ({ target }) => this.#setSpeed(Number(target.value)),
    }, SPEEDS.map((value) => h("option", { value: String(value), selected: value === this.speed }, `${value}×`)));
    this.#captions = h("button", { type: "button", class: "captions small", "aria-label": "Captions", title: "Captions", "aria-pressed": "false", hidden: true, onclick: () => this.toggleCaptions() }, "CC");
    return h("div", { class: "controls" }, this.#play, this.#slider, this.#time, this.#captions, this.#speed);
  }

  #playing(on) {
    this.#play.setAttribute("aria-label", on ? "Pause" : "Play");
    this.#play.replaceChildren(icon(on ? "pause" : "play"));
    cancelAnimationFrame(this.#frame);
    if (!on) return;
    this.dispatchEvent(new Event("started"));
    this.#follow();
  }

  #follow() {
    this.#moved();
    this.#frame = requestAnimationFrame(() => this.#follow());
  }

  #moved() {
    if (this.#measuring || this.#video.readyState === 0) return;
    const seconds = Math.min(this.seconds, this.#duration);
    this.#at = seconds;
    this.#slider.value = seconds;
    const text = `${clock(seconds)} / ${clock(this.#duration)}`;
    if (this.#time.textContent !== text) {
      this.#time.textContent = text;
      this.#slider.setAttribute("aria-valuetext", `${clock(seconds)} of ${clock(this.#duration)}`);
    }
    this.dispatchEvent(new CustomEvent("moved", { detail: seconds }));
  }

  #key = (event) => {
    if (!this.#video || event.target.tagName === "SELECT" || event.metaKey || event.ctrlKey || event.altKey) return;
    const onVideo = event.target === this.#video;
    const act = {
      k: () => this.toggle(), j: () => this.seek(this.seconds - STEP_SECONDS), l: () => this.seek(this.seconds + STEP_SECONDS),
      ...(onVideo && {
        " ": () => this.toggle(),
        ArrowLeft: () => this.seek(this.seconds - STEP_SECONDS), ArrowRight: () => this.seek(this.seconds + STEP_SECONDS),
      }),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };
}

customElements.define("answer-player", AnswerPlayer);
