import { h } from "../dom.js";
import { clock } from "../format.js";

const PASSAGE_PAUSE_SECONDS = 0.8;
const PASSAGE_WORDS = 24;
const UNSURE = 0.5;

/**
 * `<transcript-view>`: the words of an answer, following the video. A click on
 * a word asks to go there (`seek`, {detail: seconds}). For the keyboard each
 * passage begins with a button of its time, and the arrow keys step by word;
 * a screen reader meets plain text, not a hundred buttons.
 */
export class TranscriptView extends HTMLElement {
  #words = [];
  #spans = [];
  #current = -1;
  #scrolledAt = 0;

  connectedCallback() {
    this.addEventListener("click", this.#click);
    this.addEventListener("keydown", this.#key);
    for (const type of ["wheel", "touchmove"]) this.addEventListener(type, this.#scrolled, { passive: true });
  }

  /** @param words [{text, start, end, confidence}] @param cited [{start, end}] in seconds */
  show(words, cited) {
    this.#words = words;
    this.#current = -1;
    const isCited = citedWords(words, cited);
    this.#spans = words.map(({ text, confidence }, index) => h("span", {
      class: `word${confidence < UNSURE ? " unsure" : ""}${isCited[index] ? " cited" : ""}`, "data-word": index,
    }, text));
    this.replaceChildren(...passages(words).map(([from, to]) => h("p", {},
      h("button", { type: "button", class: "stamp figures", "data-word": from, "aria-label": `Play from ${clock(words[from].start)}` }, clock(words[from].start)),
      h("span", {}, this.#spans.slice(from, to).flatMap((span) => [span, " "])))));
  }

  /** Marks the word spoken at this second and keeps it in view. */
  follow(seconds) {
    const index = wordAt(this.#words, seconds);
    if (index === this.#current) return;
    this.#spans[this.#current]?.classList.remove("now");
    this.#current = index;
    const span = this.#spans[index];
    if (!span) return;
    span.classList.add("now");
    if (performance.now() - this.#scrolledAt > 4000) this.#reveal(span);
  }

  /** Goes to the words at a range of the text, and asks to go to their second. */
  goTo(range) {
    const word = range.startContainer.parentElement.closest("[data-word]");
    this.#reveal(word);
    this.#seek(Number(word.dataset.word));
  }

  // Scrolls this panel only, never the page around it.
  #reveal(span) {
    const box = this.getBoundingClientRect();
    const word = span.getBoundingClientRect();
    if (word.top > box.top + 24 && word.bottom < box.bottom - 48) return;
    this.scrollBy({ top: word.top - box.top - box.height / 3, behavior: "smooth" });
  }

  #seek(index) {
    this.dispatchEvent(new CustomEvent("seek", { detail: this.#words[index].start }));
  }

  #scrolled = () => { this.#scrolledAt = performance.now(); };

  #click = (event) => {
    const word = event.target.closest("[data-word]");
    if (word && getSelection().isCollapsed) this.#seek(Number(word.dataset.word));
  };

  #key = (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || this.#words.length === 0) return;
    event.preventDefault();
    this.#seek(Math.min(this.#words.length - 1, Math.max(0, this.#current + step)));
  };
}

// The last word that has begun, or -1 before the first.
function wordAt(words, seconds) {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (words[middle].start <= seconds + 0.02) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

// [from, to) of passages: broken at pauses, and before they get long.
function passages(words) {
  const result = [];
  let from = 0;
  for (let index = 1; index <= words.length; index += 1) {
    const pause = index < words.length ? words[index].start - words[index - 1].end : Infinity;
    if (pause >= PASSAGE_PAUSE_SECONDS || index - from >= PASSAGE_WORDS) {
      result.push([from, index]);
      from = index;
    }
  }
  return result;
}

function citedWords(words, cited) {
  return words.map(({ start, end }) => cited.some((quote) => start >= quote.start - 0.01 && end <= quote.end + 0.01));
}

customElements.define("transcript-view", TranscriptView);
