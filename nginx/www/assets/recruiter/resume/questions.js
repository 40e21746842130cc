import { call } from "../../api.js";
import { button, h } from "../../dom.js";
import { relative } from "../../format.js";
import { newestAssessments } from "../assessment-choice.js";
import { sentence } from "../fields.js";
import { toast } from "../toast.js";
import { engineName } from "./words.js";

/** Questions about what stands in this resume, one for each competency of an assessment, and the way into one. */
export function tailoredQuestions(candidate, resume, view) {
  const address = `/api/resume/${candidate.id}`;
  const list = h("div", { class: "accordion" });
  const failure = h("p", { class: "notice bad", role: "alert", hidden: true });
  const choice = h("select", { class: "input", id: "questions-assessment", disabled: true }, h("option", { value: "" }, "Loading…"));
  const write = button("Write questions", { id: "write-questions", type: "submit", disabled: true });
  let made = resume.generatedQuestions;
  let assessments = [];

  async function load() {
    try {
      assessments = (await newestAssessments()).filter(({ status }) => status !== "ARCHIVED");
      choice.replaceChildren(...assessments.map(({ id, title, jobTitle, status }) => h("option", { value: id, selected: id === made?.assessmentId },
        `${title} · ${jobTitle}${status === "DRAFT" ? " (draft)" : ""}`)));
      if (assessments.length === 0) choice.append(h("option", { value: "" }, "There are no assessments yet"));
      choice.disabled = write.disabled = assessments.length === 0;
      draw();
    } catch (error) {
      choice.replaceChildren(h("option", { value: "" }, "Assessments could not be loaded"));
      complain(error);
    }
  }

  async function generate(event) {
    event.preventDefault();
    failure.hidden = true;
    write.disabled = true;
    write.textContent = "Writing…";
    try {
      made = await call("POST", `${address}/generate-questions`, { assessmentId: choice.value });
      draw();
      list.querySelector("summary")?.focus();
    } catch (error) {
      complain(error);
    } finally {
      write.disabled = false;
      write.textContent = made ? "Write them anew" : "Write questions";
    }
  }

  function complain(error) {
    failure.textContent = sentence(error);
    failure.hidden = false;
  }

  function draw(opened = null) {
    if (!made) return list.replaceChildren(h("p", { class: "muted" }, "One question for each competency of the assessment you choose, about something in this resume."));
    write.textContent = "Write them anew";
    const { questions, unasked, engine, generatedAt, assessmentTitle } = made;
    list.replaceChildren(
      ...questions.map((question) => entry(question, question.id === opened)),
      ...unasked.map(({ competency, reason }) => h("p", { class: "unasked small" }, h("strong", {}, competency), ": ", h("span", { class: "muted" }, reason))),
      h("p", { class: "muted small" }, `For “${assessmentTitle}”, ${relative(generatedAt)}, by ${engineName(engine.name)}, version ${engine.version}.`,
        engine.fallback && ` The organisation’s model did not write them: ${engine.fallback}`,
        engine.dropped > 0 && ` ${engine.dropped} of its questions referred to nothing in the resume and ${engine.dropped === 1 ? "was" : "were"} left out.`));
  }

  function entry(question, isOpen) {
    const { id, competency, question: words, rationale, passage, addedTo } = question;
    const drafts = assessments.filter(({ status }) => status === "DRAFT");
    const target = h("select", { class: "input", id: `add-to-${id}`, "aria-label": "Draft of an assessment" }, drafts.map(({ id, title }) => h("option", { value: id, selected: id === made.assessmentId }, title)));
    const titles = addedTo.map((each) => assessments.find(({ id }) => id === each)?.title ?? "an assessment");
    return h("details", { class: "question", open: isOpen },
      h("summary", {}, h("span", { class: "badge accent" }, competency), h("span", { class: "words" }, words), addedTo.length > 0 && h("span", { class: "badge good" }, "Added")),
      h("div", { class: "answer" },
        h("p", {}, h("span", { class: "muted" }, "Why: "), rationale),
        h("p", {}, h("span", { class: "muted" }, "It refers to: "), h("button", { type: "button", class: "value", onclick: ({ currentTarget }) => view.show([passage.range], currentTarget) }, h("q", { dir: "auto" }, passage.text))),
        titles.length > 0 && h("p", { class: "small" }, `Added to ${titles.map((title) => `“${title}”`).join(", ")}.`),
        drafts.length > 0
          ? h("div", { class: "add-line" }, target, button("Add to assessment", { onclick: ({ currentTarget }) => add(question, target.value, currentTarget) }, "plus"))
          : h("p", { class: "muted small" }, "Questions can be added to drafts only. ", h("a", { href: "/assessments/new" }, "Begin one"), " or duplicate an assessment.")));
  }

  async function add(question, assessmentId, control) {
    control.disabled = true;
    failure.hidden = true;
    try {
      const added = await call("POST", `${address}/questions/${question.id}/add`, { assessmentId });
      question.addedTo = [...question.addedTo, assessmentId];
      draw(question.id);
      list.querySelector("details[open] summary")?.focus();
      toast(`Added to “${added.assessmentTitle}” as question ${added.position}.`, () => remove(question, added));
    } catch (error) {
      control.disabled = false;
      complain(error);
    }
  }

  // By the way of the assessment's editor: whoever changed the assessment since keeps what they did.
  async function remove(question, { assessmentId, questionId }) {
    try {
      const { version, title, jobTitle, description, questions } = await call("GET", `/api/assessments/${assessmentId}`);
      const rest = questions.filter(({ id }) => id !== questionId).map(({ content, type, weight, competency, rubricLevels }) => ({
        content, type, weight, competency: competency.id, rubricLevels: rubricLevels.map(({ label, description, behavioralAnchors }) => ({ label, description, behavioralAnchors })),
      }));
      await call("PUT", `/api/assessments/${assessmentId}`, { version, title, jobTitle, description, questions: rest });
      question.addedTo = question.addedTo.filter((each) => each !== assessmentId);
      draw(question.id);
      toast(`Removed from “${title}” again.`);
    } catch (error) {
      toast(sentence(error));
    }
  }

  draw();
  load();
  return h("section", { class: "card padded questions", id: "tailored-questions", "aria-labelledby": "questions-title" },
    h("h3", { id: "questions-title" }, "Tailored questions"),
    h("form", { class: "question-form", onsubmit: generate }, h("label", { for: "questions-assessment", class: "small muted" }, "For the competencies of"), choice, write),
    failure, list);
}
