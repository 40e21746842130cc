import { button, h } from "../dom.js";
import { LEVELS } from "./assessment-draft.js";
import { clear, grow } from "./fields.js";
import { ofLevel } from "./findings-view.js";

/**
 * `<rubric-editor>`: the five levels below each other, each with its label, its description and its
 * anchors. Enter in an anchor begins the next one, Backspace in an empty one goes back, the arrows
 * lead from one to the other, and several lines that are pasted become several anchors.
 * Sends `edit` when something was typed.
 */
export class RubricEditor extends HTMLElement {
  #levels;
  #rows;
  #isReadOnly;

  /** @param levels those of the draft, which are changed in place */
  show(levels, isReadOnly) {
    this.#levels = levels;
    this.#isReadOnly = isReadOnly;
    this.#rows = LEVELS.map((number) => this.#row(number));
    this.replaceChildren(...this.#rows.map(({ element }) => element));
  }

  /** @param findings those about this rubric */
  warn(findings) {
    for (const [index, { hints }] of this.#rows.entries()) hints.replaceChildren(...ofLevel(findings, index + 1));
  }

  /** The field of a part of a level, or of one of its anchors; the level's first field if there is none. */
  field({ level, part, anchor }) {
    const { element, label, description, anchors } = this.#rows[level];
    return part === "description" ? description : part !== "anchors" ? label
      : anchors.querySelectorAll("textarea")[anchor ?? 0] ?? element.querySelector("input, textarea");
  }

  #row(number) {
    const level = this.#levels[number - 1];
    const text = (tag, name, what, more = {}) => h(tag, {
      class: "input", value: tag === "input" ? level[name] : null, readonly: this.#isReadOnly, "aria-label": `Level ${number}: ${what}`, ...more,
      oninput: (event) => { level[name] = event.target.value; this.#changed(event.target); },
    }, tag === "textarea" ? level[name] : null);
    const label = text("input", "label", "label", { autocomplete: "off", placeholder: "Label" });
    const description = text("textarea", "description", "description", { rows: 2, placeholder: "What sets this level apart" });
    const hints = h("p", { class: "hints" });
    const anchors = h("ul", { class: "anchors", "aria-label": `Level ${number}: behavioural anchors` });
    const row = { label, description, hints, anchors,
      element: h("div", { class: "level", role: "group", "aria-label": `Level ${number}`, "data-level": number },
        h("div", { class: "level-name" }, h("span", { class: "level-number figures", "aria-hidden": "true" }, number), label, hints),
        h("div", {}, description), anchors) };
    const shown = level.anchors.length > 0 || this.#isReadOnly ? level.anchors : [""];
    anchors.append(...shown.map((anchor) => this.#anchor(number, anchor)));
    if (!this.#isReadOnly) hints.after(button("Add anchor", {
      class: "quiet add-anchor", "aria-label": `Add an anchor to level ${number}`, onclick: () => this.#add(number, [""]),
    }, "plus"));
    return row;
  }

  #anchor(number, text) {
    const area = h("textarea", {
      class: "input", rows: 1, readonly: this.#isReadOnly, "aria-label": `Level ${number}: behavioural anchor`,
      placeholder: "What somebody at this level does or says",
      oninput: () => this.#collect(number, area), onkeydown: (event) => this.#pressed(event, number, area),
      onpaste: (event) => this.#pasted(event, number, area),
    }, text);
    return h("li", {}, area);
  }

  #areas(number) {
    return [...this.#rows[number - 1].anchors.querySelectorAll("textarea")];
  }

  #collect(number, area = null) {
    this.#levels[number - 1].anchors = this.#areas(number).map(({ value }) => value);
    this.#changed(area);
  }

  /** Adds anchors, with the caret in the last one, `tail` characters before its end. */
  #add(number, texts, { after = null, tail = 0 } = {}) {
    const items = texts.map((text) => this.#anchor(number, text));
    if (after) after.closest("li").after(...items);
    else this.#rows[number - 1].anchors.append(...items);
    const areas = items.map((item) => item.firstChild);
    for (const area of areas) grow(area);
    const last = areas.at(-1);
    last.focus();
    last.setSelectionRange(last.value.length - tail, last.value.length - tail);
    this.#collect(number);
  }

  #pressed(event, number, area) {
    if (this.#isReadOnly || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const areas = this.#areas(number);
    const index = areas.indexOf(area);
    const isAtStart = area.selectionStart === 0 && area.selectionEnd === 0;
    const isAtEnd = area.selectionStart === area.value.length;
    if (event.key === "Enter") {
      event.preventDefault();
      // Enter in an empty last anchor ends the list and goes on to the next level.
      if (area.value === "" && index === areas.length - 1) return this.#rows[number]?.description.focus();
      const rest = area.value.slice(area.selectionEnd);
      area.value = area.value.slice(0, area.selectionStart);
      grow(area);
      this.#add(number, [rest], { after: area, tail: rest.length });
    } else if (event.key === "Backspace" && isAtStart && index > 0) {
      event.preventDefault();
      const before = areas[index - 1];
      const joint = before.value.length;
      before.value += area.value;
      area.closest("li").remove();
      before.focus();
      before.setSelectionRange(joint, joint);
      this.#collect(number, before);
    } else if (event.key === "ArrowUp" && isAtStart && index > 0) {
      event.preventDefault();
      areas[index - 1].focus();
    } else if (event.key === "ArrowDown" && isAtEnd && index < areas.length - 1) {
      event.preventDefault();
      areas[index + 1].focus();
    }
  }

  #pasted(event, number, area) {
    const lines = event.clipboardData.getData("text/plain").split(/\r?\n/)
      .map((line) => line.replace(/^\s*(?:[-*•–]|\d+[.)])\s+/, "").trim()).filter((line) => line !== "");
    if (this.#isReadOnly || lines.length < 2) return;
    event.preventDefault();
    const { value, selectionStart, selectionEnd } = area;
    area.value = value.slice(0, selectionStart) + lines.shift();
    grow(area);
    const rest = value.slice(selectionEnd);
    lines.push(lines.pop() + rest);
    this.#add(number, lines, { after: area, tail: rest.length });
  }

  #changed(field) {
    if (field?.localName === "textarea") grow(field);
    if (field) clear(field);
    this.dispatchEvent(new Event("edit"));
  }
}

customElements.define("rubric-editor", RubricEditor);
