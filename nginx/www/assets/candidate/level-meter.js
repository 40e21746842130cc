const UNHEARD_MS = 4000;

/**
 * `<level-meter>`: a live bar of how loud a stream is. Set `stream` to start;
 * it sends a `heard` event when something louder than room noise comes in for
 * the first time, and `unheard` when there was no such thing for four seconds.
 */
export class LevelMeter extends HTMLElement {
  #context = null;
  #frame = 0;
  #timer = 0;

  connectedCallback() {
    this.setAttribute("role", "meter");
    this.setAttribute("aria-valuemin", "0");
    this.setAttribute("aria-valuemax", "100");
    this.setAttribute("aria-valuenow", "0");
  }

  disconnectedCallback() {
    this.#stop();
  }

  set stream(stream) {
    this.#stop();
    if (!stream) return;
    this.#context = new AudioContext();
    this.#context.resume();
    const analyser = this.#context.createAnalyser();
    analyser.fftSize = 1024;
    this.#context.createMediaStreamSource(stream).connect(analyser);
    this.#follow(analyser, new Float32Array(analyser.fftSize));
    this.#timer = setTimeout(() => {
      // Where the browser holds sound back, there is nothing to say about the microphone.
      if (this.#context.state === "running") this.dispatchEvent(new Event("unheard"));
    }, UNHEARD_MS);
  }

  #follow(analyser, samples) {
    let shown = 0;
    let loud = 0;
    let heard = false;
    const draw = () => {
      analyser.getFloatTimeDomainData(samples);
      const level = loudness(samples);
      shown = Math.max(level, shown * 0.9); // Falls slowly, as meters do.
      this.style.setProperty("--level", shown.toFixed(3));
      this.setAttribute("aria-valuenow", Math.round(shown * 100));
      loud = level > 0.3 ? loud + 1 : 0;
      if (loud === 3 && !heard) {
        heard = true;
        clearTimeout(this.#timer);
        this.dispatchEvent(new Event("heard"));
      }
      this.#frame = requestAnimationFrame(draw);
    };
    draw();
  }

  #stop() {
    cancelAnimationFrame(this.#frame);
    clearTimeout(this.#timer);
    this.#context?.close();
    this.#context = null;
  }
}

// Root mean square in decibels, -60 dB (silence) to 0 dB mapped to 0 to 1.
function loudness(samples) {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const decibels = 10 * Math.log10(sum / samples.length + 1e-12);
  return Math.min(1, Math.max(0, (decibels + 60) / 60));
}

customElements.define("level-meter", LevelMeter);
