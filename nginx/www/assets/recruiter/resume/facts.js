import { button, h } from "../../dom.js";
import { relative } from "../../format.js";
import { complain, sentence } from "../fields.js";
import { timeline } from "./timeline.js";
import { confidence, fieldNames, isUnsure } from "./words.js";

const CONTACT = ["fullName", "email", "phone", "location"];
const WORK = ["currentTitle", "currentCompany", "totalYearsExperience"];

/**
 * Cards with what a resume says. Each value leads to where it stands; what the resume does not say is not here.
 *
 * @param view as of `documentView` @param correct saves a correction: `correct(change, undo)`
 */
export function facts(resume, view, correct) {
  const { extractedData: data } = resume;
  const evidence = new Map(resume.evidence.map((each) => [each.pointer, each]));
  const value = (pointer, text) => valueOf(evidence.get(pointer), text, view);
  const skill = (list) => (text, index) => value(evidence.has(`/${list}/${index}`) ? `/${list}/${index}` : `/skills/${data.skills.indexOf(text)}`, text);
  const facts = (fields) => definitions(fields, resume, value, correct);
  const listed = (name) => data[name].map((text, index) => h("li", {}, value(`/${name}/${index}`, text)));
  return [
    card("Contact", facts(CONTACT)),
    card("At a glance", [facts(WORK), data.summary && h("p", { class: "summary", dir: "auto" }, value("/summary", data.summary))]),
    card("Skills", [pills("Technical", data.technicalSkills.map(skill("technicalSkills"))), pills("Soft", data.softSkills.map(skill("softSkills")))]),
    card("Experience", timeline("experience", data.experience, value)),
    card("Education", timeline("education", data.education, value)),
    card("Languages", data.languages.length > 0 && h("ul", { class: "pills" }, listed("languages"))),
    card("Certifications", data.certifications.length > 0 && h("ul", { class: "plain" }, listed("certifications"))),
  ].filter(Boolean);
}

function card(title, content) {
  const present = [content].flat().filter(Boolean);
  return present.length > 0 && h("section", { class: "card padded resume-card" }, h("h3", {}, title), present);
}

/** A value that shows where it stands, or a plain one where nobody noted that. */
function valueOf(found, text, view) {
  if (!found?.ranges.length) return h("span", {}, text);
  return h("button", {
    type: "button", class: isUnsure(found.confidence) ? "value unsure" : "value", title: `Read with the engine being ${confidence(found.confidence)}. Show it in the document.`,
    onclick: ({ currentTarget }) => view.show(found.ranges, currentTarget),
  }, h("span", { dir: "auto" }, text), isUnsure(found.confidence) && h("span", { class: "visually-hidden" }, " (not sure)"));
}

function pills(label, values) {
  return values.length > 0 && h("div", { class: "pill-group" }, h("h4", { class: "muted small" }, label), h("ul", { class: "pills" }, values.map((each) => h("li", {}, each))));
}

function definitions(fields, resume, value, correct) {
  const rows = fields.map((field) => {
    const correction = resume.corrections.find((each) => each.field === field);
    const read = resume.extractedData[field];
    if ((read === null || read === undefined) && !correction) return null;
    return fact(field, read, correction, value, correct);
  }).filter(Boolean);
  return rows.length > 0 && h("dl", { class: "resume-facts-list" }, rows);
}

function fact(field, read, correction, value, correct) {
  const name = fieldNames[field];
  const text = read === null || read === undefined ? "none" : String(read);
  const place = h("dd", {});
  const shown = [
    correction ? h("span", { dir: "auto" }, text) : value(`/${field}`, text),
    correction && h("span", { class: "badge accent", title: `By ${correction.correctedBy.name}, ${relative(correction.correctedAt)}` }, "Corrected"),
    button("", { class: "quiet small-button", id: `correct-${field}`, "aria-label": `Correct: ${name}`, title: "Correct", onclick: edit }, "pen"),
  ].filter(Boolean);
  // What to send so that it is as before.
  const before = correction ? { field, value: correction.value ?? undefined } : { field, revert: true };

  function edit() {
    const isNumber = field === "totalYearsExperience";
    const input = h("input", { class: "input", id: `correction-${field}`, "aria-label": `The true value of: ${name}`, value: read ?? "", ...(isNumber ? { type: "number", min: "0", max: "80", step: "0.1" } : { maxlength: "2000" }) });
    const form = h("form", { class: "correction", novalidate: true, onsubmit: save, onkeydown: ({ key }) => key === "Escape" && close() }, input,
      h("div", { class: "actions" }, button("Save", { type: "submit" }), correction && button("As it was read", { onclick: () => send({ field, revert: true }) }), button("Cancel", { class: "quiet", onclick: close })));
    place.replaceChildren(form);
    input.focus();
    input.select();

    async function save(event) {
      event.preventDefault();
      const words = input.value.trim();
      if (isNumber && words !== "" && !(Number(words) >= 0 && Number(words) <= 80)) return complain(input, "Enter a number of years from 0 to 80.");
      await send({ field, value: words === "" ? undefined : isNumber ? Number(words) : words });
    }

    async function send(change) {
      try {
        await correct(change, before);
      } catch (error) {
        complain(input, sentence(error));
      }
    }

    function close() {
      place.replaceChildren(...shown);
      place.querySelector(`#correct-${field}`).focus();
    }
  }

  place.append(...shown);
  return h("div", {}, h("dt", {}, name), place);
}
