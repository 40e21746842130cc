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
  show(words, { durationSeconds, pauses, fillers }) {
    this.#duration = Math.max(durationSeconds, words.at(-1)?.end ?? 0, 1);
    const x = (seconds) => ((seconds / this.#duration) * WIDTH).toFixed(1);
    const box = (name, start, end, y, height) => svg("rect", {
      class: name, x: x(start), width: Math.max(2, x(end) - x(start)).toFixed(1), y, height, rx: 2,
    });
    this.#head = svg("rect", { class: "head", x: 0, y: 0, width: 3, height: HEIGHT });
    this.replaceChildren(svg("svg", {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img",
      "aria-label": `Speech over time: ${pauses.longCount} long pauses, ${fillers.count} fillers in ${Math.round(durationSeconds)} seconds`,
    },
    svg("rect", { class: "ground", x: 0, y: 17, width: WIDTH, height: 2 }),
    ...stretches(words, pauses.thresholdSeconds).map(([start, end]) => box("speech", start, end, 8, 20)),
    ...gaps(words, LONG_PAUSE_SECONDS).map(([start, end]) => box("pause", start, end, 15, 6)),
    ...fillers.occurrences.map(({ start }) => box("filler", start, start + 0.25, 0, HEIGHT)),
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

// Words closer together than a pause are one stretch of speech.
function stretches(words, threshold) {
  const result = [];
  for (const { start, end } of words) {
    const last = result.at(-1);
    if (last && start - last[1] < threshold) last[1] = end;
    else result.push([start, end]);
  }
  return result;
}

function gaps(words, least) {
  return words.slice(1)
    .map((word, index) => [words[index].end, word.start])
    .filter(([start, end]) => end - start >= least);
}

customElements.define("speech-timeline", SpeechTimeline);
