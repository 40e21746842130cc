import { button, h } from "../dom.js";
import { differences, LEVELS, merged, questionTypes } from "./assessment-draft.js";

const names = { title: "Title", jobTitle: "Job title", description: "Description", questions: "Questions" };

/**
 * Shows an edit and what was saved by somebody else meanwhile, difference by difference, and lets
 * one choose. Resolves to the draft that came out of it, or to null when nothing was chosen yet.
 * @param versions {base, mine, theirs: drafts, saved: a sentence on when theirs was saved}
 */
export function reconcile({ base, mine, theirs, saved }) {
  const found = differences(base, mine, theirs);
  return new Promise((resolve) => {
    let result = null;
    const done = (value) => { result = value; dialog.close(); };
    const dialog = h("dialog", { class: "card conflict", id: "conflict", "aria-labelledby": "conflict-title", onclose: () => { dialog.remove(); resolve(result); } },
      h("div", { class: "conflict-head" },
        h("h2", { id: "conflict-title" }, "Somebody saved this assessment while you edited it"),
        h("p", { class: "muted" }, found.length === 0 ? "Both of you wrote the same."
          : `Both versions are below, as far as they differ. What only one of you changed is chosen already. ${saved}`)),
      h("ol", { class: "differences" }, found.map(row)),
      h("div", { class: "actions" },
        button("Save what is chosen", { class: "primary", id: "save-chosen", onclick: () => done(merged(mine, found)) }),
        button("Take theirs, drop mine", { id: "take-theirs", onclick: () => done(theirs) }),
        button("Back to editing", { class: "quiet", onclick: () => done(null) })));
    document.body.append(dialog);
    dialog.showModal();
  });
}

function row(difference, index) {
  const title = difference.name === "question" ? `Question ${difference.position}` : names[difference.name];
  const option = (side, label) => h("label", { class: "version" },
    h("span", { class: "version-head" },
      h("input", { type: "radio", name: `difference-${index}`, value: side, checked: difference.choice === side, onchange: () => { difference.choice = side; } }),
      h("b", {}, label)),
    content(difference, side));
  return h("li", {}, h("fieldset", {},
    h("legend", {}, h("h3", {}, title), difference.isBoth && h("span", { class: "badge caution" }, "changed by both")),
    h("div", { class: "versions" }, option("mine", "Yours"), option("theirs", "Theirs"))));
}

function content({ name, mine, theirs }, side) {
  const [own, other] = side === "mine" ? [mine, theirs] : [theirs, mine];
  if (name === "questions") {
    return own.length === 0 ? h("p", { class: "muted" }, "No questions") : h("ol", { class: "numbered" }, own.map((question, index) => h("li", {},
      other.some((each) => each.content === question.content) ? question.content : h("mark", {}, question.content || `(question ${index + 1} is empty)`))));
  }
  if (name !== "question") return h("p", {}, own === "" ? h("span", { class: "muted" }, "Empty") : own);
  const others = lines(other);
  const all = [...lines(own)];
  const different = all.filter(([what, text]) => others.get(what) !== text);
  return h("div", { class: "lines" },
    !different.some(([what]) => what === "Question") && h("p", { class: "muted" }, own.content),
    different.map(([what, text]) => h("p", {}, h("span", { class: "muted small" }, `${what}: `), text ? h("mark", {}, text) : h("span", { class: "muted" }, "empty"))),
    different.length < all.length && h("p", { class: "muted small" }, "The rest is the same."));
}

/** A question as lines that can be compared: name → text. */
function lines({ content, type, competency, weight, levels }) {
  const all = new Map([["Question", content], ["Type", questionTypes[type][0]], ["Competency", competency], ["Weight", weight]]);
  for (const number of LEVELS) {
    const { label, description, anchors } = levels[number - 1];
    all.set(`Level ${number}`, [[label, description].filter(Boolean).join(" – "), ...anchors.filter((anchor) => anchor.trim()).map((anchor) => `• ${anchor}`)].join(" "));
  }
  return all;
}
