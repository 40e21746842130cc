import { h } from "../dom.js";

/**
 * `<written-answer>`: an answer in writing, with the passages marked that the
 * analysis cites.
 */
export class WrittenAnswer extends HTMLElement {
  /** @param cited [{charStart, charEnd, supports, isFlag}] in UTF-16 units of the text, end exclusive */
  show(text, cited) {
    const bounds = [...new Set([0, text.length, ...cited.flatMap(({ charStart, charEnd }) => [charStart, charEnd])])].sort((a, b) => a - b);
    this.replaceChildren(...bounds.slice(1).map((end, index) => {
      const start = bounds[index];
      const reasons = cited.filter(({ charStart, charEnd }) => charStart <= start && end <= charEnd);
      const passage = text.slice(start, end);
      if (reasons.length === 0) return passage;
      return h("mark", { class: reasons.some(({ isFlag }) => isFlag) ? "flagged" : null, title: reasons.map(({ supports }) => supports).join("\n"), "data-from": start }, passage);
    }));
  }

  /** Brings the passage that begins there into view, and marks it for a moment. */
  reveal(charStart) {
    this.querySelector(".now")?.classList.remove("now");
    const passage = this.querySelector(`[data-from="${charStart}"]`);
    passage.classList.add("now");
    passage.scrollIntoView({ block: "nearest" });
  }

  /** Brings a range of the text into view. */
  goTo(range) {
    const box = this.getBoundingClientRect();
    const { top, bottom } = range.getBoundingClientRect();
    if (top < box.top || bottom > box.bottom) this.scrollBy({ top: top - box.top - box.height / 3 });
  }
}

customElements.define("written-answer", WrittenAnswer);
