import { call } from "../api.js";
import { h } from "../dom.js";
import { sentence } from "./fields.js";

const PAUSE_MS = 250;
const MOST = 50;

/**
 * A choice of one candidate among many: words to look for, and those who have them.
 *
 * @param changed called when another one is chosen
 * @returns {element, control, value}; `value` is an id or ""
 */
export function candidateChoice(changed) {
  let timer = null;
  let asked = 0;
  const note = h("p", { class: "muted small", role: "status", id: "candidate-note" });
  const list = h("select", { class: "input", id: "candidateId", name: "candidateId", size: 4, required: true, "aria-label": "Candidate", "aria-describedby": "candidate-note candidateId-error", onchange: changed });
  const search = h("input", {
    class: "input", id: "candidate-search", type: "search", maxlength: 100, autocomplete: "off", placeholder: "Search name or e-mail", oninput: (event) => {
      event.stopPropagation();
      clearTimeout(timer);
      timer = setTimeout(look, PAUSE_MS);
    },
  });

  async function look() {
    const number = ++asked;
    const words = search.value.trim();
    try {
      const { candidates, nextCursor } = await call("GET", `/api/candidates?${new URLSearchParams({ limit: MOST, ...(words && { search: words }) })}`);
      if (number !== asked) return;
      const before = list.value;
      list.replaceChildren(...candidates.map(({ id, name, email }) => h("option", { value: id }, `${name} · ${email}`)));
      list.value = candidates.some(({ id }) => id === before) ? before : words && candidates.length === 1 ? candidates[0].id : "";
      note.textContent = candidates.length === 0 ? "Nobody has these words." : nextCursor ? "More have them: write on." : "";
      if (list.value !== before) changed();
    } catch (error) {
      if (number === asked) note.textContent = sentence(error);
    }
  }

  look();
  return {
    element: h("div", { class: "field" }, h("label", { for: "candidate-search" }, "Candidate"), search, list, note, h("p", { class: "field-error", id: "candidateId-error", hidden: true })),
    control: list,
    get value() { return list.value; },
  };
}
