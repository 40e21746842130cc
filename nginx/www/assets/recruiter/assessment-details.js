import { h } from "../dom.js";
import { duration } from "../format.js";
import { clear, grow } from "./editor-fields.js";
import { findingsList } from "./findings-view.js";

// What interviews allow as a rule, in seconds, for telling how long an assessment takes.
const THINK = 30;
const ANSWER = 120;

/**
 * The panel with an assessment's title and job, and what it is made of.
 * @param draft changed in place
 * @param edited called when something was typed
 */
export function detailsPanel(draft, isSent, edited) {
  const input = (tag, name, more) => {
    const element = h(tag, { class: "input", id: name, autocomplete: "off", value: tag === "input" ? draft[name] : null, ...more,
      oninput: () => { draft[name] = element.value; clear(element); if (tag === "textarea") grow(element); edited(); } }, tag === "textarea" ? draft[name] : null);
    return element;
  };
  const fields = {
    title: input("input", "title", { placeholder: "Such as Working together" }),
    jobTitle: input("input", "jobTitle", { placeholder: "Such as Software Engineer" }),
    description: input("textarea", "description", { rows: 3 }),
  };
  const about = h("div", {});
  const element = h("div", { class: "details" },
    h("div", { class: "panel-head" }, h("h2", {}, "Title and job")),
    isSent && h("p", { class: "notice" }, "Somebody was asked these questions already, so questions and rubrics stay as they are: answers would lose what they answer. Duplicate the assessment to change them."),
    h("div", { class: "pair" },
      h("div", { class: "field" }, h("label", { for: "title" }, "Title"), fields.title),
      h("div", { class: "field" }, h("label", { for: "jobTitle" }, "Job title"), fields.jobTitle)),
    h("div", { class: "field" }, h("label", { for: "description" }, "Description, for your colleagues"), fields.description),
    about);
  element.field = ({ part }) => fields[part] ?? fields.title;
  element.warn = (findings, { questions }) => about.replaceChildren(findingsList(findings), ...makeUp(questions));
  return element;
}

function makeUp(questions) {
  if (questions.length === 0) {
    return [h("div", { class: "guide" }, h("h3", {}, "How a good one is made"), h("ol", { class: "numbered" },
      h("li", {}, h("b", {}, "Three to six questions, "), "each about one skill that the job needs. Ask for what somebody did: it foretells more than what they think of themselves."),
      h("li", {}, h("b", {}, "A rubric for each: "), "five levels, with anchors that say what a person at that level does or says. Begin with levels 1, 3 and 5."),
      h("li", {}, h("b", {}, "The same for everybody. "), "Once somebody was asked, the questions stay as they are, so that all answers can be compared.")))];
  }
  const counts = new Map();
  for (const { competency } of questions) {
    const name = competency.trim() || "No competency yet";
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [h("div", { class: "make-up" }, h("h3", {}, "What it asks for"),
    h("ul", { class: "chips" }, [...counts].map(([name, count]) => h("li", { class: "badge" }, name, count > 1 && h("b", { class: "figures" }, `× ${count}`)))),
    h("p", { class: "muted small" }, `${questions.length === 1 ? "One question" : `${questions.length} questions`}: up to ${duration(questions.length * (THINK + ANSWER))}, if there are ${THINK} seconds to think and ${duration(ANSWER)} to answer each.`))];
}
