import { call } from "../../api.js";
import { button, h, icon } from "../../dom.js";
import { sentence } from "../fields.js";

/** Step 1: which assessment is asked. Only active ones can be. */
export function assessmentStep(draft, { changed }) {
  const list = h("div", { class: "choice-list", role: "radiogroup", "aria-label": "Assessments" });
  const more = h("div", { class: "actions" });
  const status = h("p", { class: "muted small", role: "status" });
  const questions = h("div", { id: "questions" });
  const search = h("input", {
    class: "input", id: "assessment-search", type: "search", placeholder: "Search by title or job", "aria-label": "Search assessments",
    oninput: () => { clearTimeout(timer); timer = setTimeout(() => find(), 250); },
    onkeydown: (event) => { if (event.key === "Enter") event.preventDefault(); },
  });
  let timer = null;
  let latest = 0;

  async function find(cursor = null) {
    const asked = (latest += 1);
    const query = new URLSearchParams({ status: "ACTIVE", limit: "20" });
    if (search.value.trim()) query.set("search", search.value.trim());
    if (cursor) query.set("cursor", cursor);
    status.textContent = "Loading…";
    try {
      const { assessments, nextCursor } = await call("GET", `/api/assessments?${query}`);
      if (asked !== latest) return;
      status.textContent = "";
      if (!cursor) list.replaceChildren();
      list.append(...assessments.map(option));
      if (list.childElementCount === 0) status.replaceChildren(...nothing(search.value.trim()));
      more.replaceChildren(...(nextCursor ? [button("Show more", { onclick: () => find(nextCursor) })] : []));
    } catch (error) {
      if (asked !== latest) return;
      status.replaceChildren(sentence(error), " ", button("Try again", { class: "quiet", onclick: () => find(cursor) }));
    }
  }

  function option({ id, title, jobTitle, questionCount, competencies }) {
    return h("label", { class: "choice" },
      h("input", {
        type: "radio", name: "assessment", value: id, checked: draft.assessment?.id === id,
        onchange: () => {
          draft.assessment = { id, title, jobTitle };
          document.querySelector("#step-failure").hidden = true;
          changed();
          show(id);
        },
      }),
      h("span", { class: "choice-words" },
        h("strong", {}, title),
        h("span", { class: "muted small" }, `${jobTitle} · ${questionCount} ${questionCount === 1 ? "question" : "questions"}`),
        h("span", { class: "muted small" }, competencies.join(", "))));
  }

  // What the candidate will be asked.
  async function show(id) {
    try {
      const assessment = await call("GET", `/api/assessments/${id}`);
      if (draft.assessment?.id !== id) return;
      questions.replaceChildren(h("section", { class: "card asked-questions", "aria-labelledby": "asked-title" },
        h("h3", { id: "asked-title" }, `What “${assessment.title}” asks`),
        h("ol", {}, assessment.questions.map(({ content, type, competency }) => h("li", {}, h("span", { dir: "auto" }, content),
          h("span", { class: "muted small" }, `${competency.name} · ${type === "ASYNC_TEXT" ? "answered in writing" : "answered on video"}`))))));
    } catch (error) {
      questions.replaceChildren(h("p", { class: "notice" }, sentence(error)));
    }
  }

  find();
  if (draft.assessment) show(draft.assessment.id);
  return {
    content: [
      h("p", { class: "muted" }, "Everybody you invite answers the same questions and is scored by the same rubric."),
      draft.assessment && h("p", { id: "chosen-assessment" }, "Chosen: ", h("strong", {}, draft.assessment.title)),
      h("div", { class: "two-columns" }, h("div", { class: "stack" }, search, list, status, more), questions),
    ],
  };
}

function nothing(searched) {
  return searched
    ? [`No active assessment matches “${searched}”.`]
    : [h("span", { class: "face card" }, icon("assessments"), h("strong", {}, "No active assessment yet"),
      h("span", {}, "An assessment holds the questions and the rubric that answers are scored by. Write one and activate it, then come back here."),
      h("a", { class: "button primary", href: "/assessments/new" }, "New assessment"))];
}
