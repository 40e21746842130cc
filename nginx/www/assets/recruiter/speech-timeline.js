import { svg } from "../dom.js";

const WIDTH = 1000;
const HEIGHT = 36;
const LONG_PAUSE_SECONDS = 1;

/**
 * `<speech-timeline>`: speech, long pauses and fillers of an answer in one
 * drawn line, with the place of the video. A click asks to go there (`seek`).
 */
export class SpeechTimeline extends HTMLElement {
  #head = null;
  #duration = 1;

  connectedCallback() {
    this.addEventListener("click", this.#click);
  }

  /** @param words [{start, end}] in seconds @param metrics of the insights */
  show(words, { durationSeconds, pauses, fillers, vocalizations }) {
    const quiet = pauses.occurrences ?? gaps(words, pauses.thresholdSeconds);
    this.#duration = Math.max(durationSeconds, words.at(-1)?.end ?? 0, 1);
    const x = (seconds) => ((seconds / this.#duration) * WIDTH).toFixed(1);
    const box = (name, start, end, y, height) => svg("rect", {
      class: name, x: x(start), width: Math.max(2, x(end) - x(start)).toFixed(1), y, height, rx: 2,
    });
    this.#head = svg("rect", { class: "head", x: 0, y: 0, width: 3, height: HEIGHT });
    this.replaceChildren(svg("svg", {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img",
      "aria-label": `Speech over time: ${pauses.count} pauses, ${pauses.longCount} of them long, and ${fillers.count} fillers in ${Math.round(durationSeconds)} seconds`,
    },
    svg("rect", { class: "ground", x: 0, y: 17, width: WIDTH, height: 2 }),
    ...between(words, quiet).map(({ start, end }) => box("speech", start, end, 8, 20)),
    ...quiet.filter(({ start, end }) => end - start >= LONG_PAUSE_SECONDS).map(({ start, end }) => box("pause", start, end, 15, 6)),
    ...(vocalizations?.occurrences ?? []).map(({ start, end }) => box("vocalization", start, end, 12, 12)),
    ...fillers.occurrences.map(({ start, end = start + 0.25 }) => box("filler", start, end, 0, HEIGHT)),
    this.#head));
  }

  follow(seconds) {
    this.#head?.setAttribute("x", ((seconds / this.#duration) * WIDTH).toFixed(1));
  }

  #click = (event) => {
    const { left, width } = this.getBoundingClientRect();
    this.dispatchEvent(new CustomEvent("seek", { detail: ((event.clientX - left) / width) * this.#duration }));
  };
}

// Speech is what pauses leave from the first word to the last.
function between(words, pauses) {
  if (words.length === 0) return [];
  const inner = pauses.filter(({ start, end }) => start < words.at(-1).end && end > words[0].start);
  const starts = [words[0].start, ...inner.map(({ end }) => end)];
  const ends = [...inner.map(({ start }) => start), words.at(-1).end];
  return starts.map((start, index) => ({ start, end: ends[index] })).filter(({ start, end }) => end > start);
}

// Insights that were made before pauses were measured in the sound do not list them.
function gaps(words, least) {
  return words.slice(1)
    .map((word, index) => ({ start: words[index].end, end: word.start }))
    .filter(({ start, end }) => end - start >= least);
}

customElements.define("speech-timeline", SpeechTimeline);
