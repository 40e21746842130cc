import { button, h } from "../dom.js";
import { percent } from "../format.js";
import { questionTypes, shareOf } from "./assessment-draft.js";
import { clear, grow } from "./fields.js";
import { findingsList, ofRubric, ofWording } from "./findings-view.js";
import "./rubric-editor.js";

/**
 * `<question-editor>`: one question with its rubric. Sends `edit` when something was typed, and
 * `act` with the name of what was asked for in `detail`: "up", "down", "copy", "remove".
 */
export class QuestionEditor extends HTMLElement {
  #question;
  #parts;

  /**
   * @param question of the draft, which is changed in place
   * @param place {position, questions: all of the draft's, competencies: the names that are known, isReadOnly}
   */
  show(question, { position, questions, competencies, isReadOnly }) {
    this.#question = question;
    const content = h("textarea", { class: "input", id: "question-text", rows: 2, readonly: isReadOnly,
      placeholder: "Tell us about a time when …", oninput: () => this.#changed("content", content) }, question.content);
    const type = h("select", { class: "input", id: "type", disabled: isReadOnly, oninput: () => { this.#changed("type", type); explain(); } },
      Object.entries(questionTypes).map(([value, [label]]) => h("option", { value, selected: value === question.type }, label)));
    const meaning = h("p", { class: "muted small", id: "type-meaning" });
    const explain = () => { meaning.textContent = questionTypes[type.value][1]; };
    explain();
    const competency = h("input", { class: "input", id: "competency", autocomplete: "off", list: "competencies", readonly: isReadOnly,
      value: question.competency, placeholder: "Such as Ownership", oninput: () => this.#changed("competency", competency) });
    const weight = h("input", { class: "input figures", id: "weight", inputmode: "decimal", autocomplete: "off", readonly: isReadOnly,
      value: question.weight, "aria-describedby": "share", oninput: () => { this.#changed("weight", weight); this.#share(questions); } });
    const share = h("span", { class: "muted small figures", id: "share" });
    const rubric = h("rubric-editor", { id: "rubric" });
    rubric.show(question.levels, isReadOnly);
    rubric.addEventListener("edit", () => this.#tell());
    this.#parts = { content, type, competency, weight, share, rubric,
      wording: h("div", { id: "wording", "aria-live": "polite" }), about: h("div", { id: "about-rubric" }) };
    this.replaceChildren(
      h("div", { class: "panel-head" }, h("h2", { id: "question-title", tabindex: -1 }, `Question ${position} of ${questions.length}`),
        !isReadOnly && this.#actions(position, questions.length)),
      field("question-text", "Question", content, this.#parts.wording),
      h("div", { class: "facets" },
        field("type", "Type", type, meaning),
        field("competency", "Competency it shows", competency,
          h("datalist", { id: "competencies" }, competencies.map((name) => h("option", { value: name })))),
        field("weight", "Weight", weight, share)),
      h("section", { class: "rubric", "aria-labelledby": "rubric-title" },
        h("div", { class: "panel-head" }, h("h3", { id: "rubric-title" }, "Rubric"),
          !isReadOnly && this.#otherRubrics(questions)),
        this.#parts.about, rubric));
    this.#share(questions);
  }

  /** @param findings those about this question */
  warn(findings) {
    const isBlank = this.#question.content.trim() === "";
    this.#parts.wording.replaceChildren(findingsList(isBlank ? [] : ofWording(findings)));
    this.#parts.about.replaceChildren(findingsList(ofRubric(findings)));
    this.#parts.rubric.warn(findings);
  }

  /** The field of a place as in `placeOf`. */
  field(place) {
    if (place.level !== undefined) return this.#parts.rubric.field(place);
    return this.#parts[place.part] instanceof HTMLElement && place.part !== "rubric" ? this.#parts[place.part] : this.#parts.content;
  }

  #actions(position, count) {
    const act = (name, label, drawing, isOff = false) => button("", {
      class: "quiet", id: `question-${name}`, title: label, "aria-label": label, disabled: isOff,
      onclick: () => this.dispatchEvent(new CustomEvent("act", { detail: name })),
    }, drawing);
    return h("div", { class: "actions" },
      act("up", "Move up (Alt+↑)", "up", position === 1), act("down", "Move down (Alt+↓)", "down", position === count),
      act("copy", "Duplicate the question", "copy"), act("remove", "Remove the question", "remove"));
  }

  /** Takes over the rubric of another question, which can be undone. */
  #otherRubrics(questions) {
    const others = questions.map((question, index) => [question, index + 1])
      .filter(([question]) => question !== this.#question && question.levels.some(({ description, anchors }) => description || anchors.length > 0));
    if (others.length === 0) return null;
    const select = h("select", { class: "input small", id: "take-rubric", "aria-label": "Take over the rubric of another question",
      onchange: () => this.dispatchEvent(new CustomEvent("take", { detail: others[select.selectedIndex - 1][0] })) },
    h("option", { value: "" }, "Take over a rubric …"),
    others.map(([question, position]) => h("option", {}, `From question ${position}: ${question.content.slice(0, 40)}`)));
    return select;
  }

  #share(questions) {
    const share = shareOf(this.#question, questions);
    this.#parts.share.textContent = share === null ? "" : `${percent(share)} of the total`;
  }

  #changed(name, input) {
    this.#question[name] = input.value;
    if (input.localName === "textarea") grow(input);
    clear(input);
    this.#tell();
  }

  #tell() {
    this.dispatchEvent(new Event("edit"));
  }
}

function field(id, label, control, ...more) {
  return h("div", { class: "field" }, h("label", { for: id }, label), control, ...more);
}

customElements.define("question-editor", QuestionEditor);
