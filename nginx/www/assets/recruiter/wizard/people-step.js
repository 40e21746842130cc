import { call } from "../../api.js";
import { button, h } from "../../dom.js";
import { openNewCandidate } from "../candidate-form.js";
import { complain, sentence } from "../fields.js";
import { stageBadge } from "../stages.js";

/** Step 2: who is invited, and at which address. */
export function peopleStep(draft, { changed }) {
  const found = h("ul", { class: "found" });
  const status = h("p", { class: "muted small", role: "status" });
  const chosen = h("ul", { class: "chosen", id: "people" });
  const chosenTitle = h("h3", { id: "chosen-title" });
  const search = h("input", {
    class: "input", id: "candidate-search", type: "search", placeholder: "Search by name or e-mail", "aria-label": "Search candidates",
    oninput: () => { clearTimeout(timer); timer = setTimeout(find, 250); },
  });
  let timer = null;
  let latest = 0;
  let shown = [];

  async function find() {
    const asked = (latest += 1);
    const query = new URLSearchParams({ limit: "8" });
    if (search.value.trim()) query.set("search", search.value.trim());
    status.textContent = "Loading…";
    try {
      const { candidates } = await call("GET", `/api/candidates?${query}`);
      if (asked !== latest) return;
      shown = candidates;
      status.textContent = candidates.length > 0 ? "" : search.value.trim() ? `Nobody matches “${search.value.trim()}”.` : "No candidates yet. Create the first one.";
      drawFound();
    } catch (error) {
      if (asked === latest) status.replaceChildren(sentence(error), " ", button("Try again", { class: "quiet", onclick: find }));
    }
  }

  function drawFound() {
    found.replaceChildren(...shown.map((candidate) => {
      const isChosen = draft.people.some(({ id }) => id === candidate.id);
      return h("li", {},
        h("span", { class: "person" }, h("strong", {}, candidate.name), h("span", { class: "muted small" }, candidate.email)),
        stageBadge(candidate.pipelineStage),
        button(isChosen ? "Chosen" : "Choose", {
          disabled: isChosen, "aria-label": `${isChosen ? "Chosen:" : "Choose"} ${candidate.name}`, onclick: () => add(candidate),
        }));
    }));
  }

  function drawChosen() {
    const { length } = draft.people;
    chosenTitle.textContent = length === 0 ? "Nobody chosen yet" : `${length} ${length === 1 ? "candidate" : "candidates"} chosen`;
    chosen.replaceChildren(...draft.people.map(row));
  }

  function row(person) {
    const address = h("input", {
      class: "input", id: `address-${person.id}`, type: "email", value: person.invitationEmail, autocomplete: "off",
      "aria-label": `E-mail address for ${person.name}`, "aria-describedby": `address-${person.id}-error`,
      oninput: () => {
        person.invitationEmail = address.value.trim();
        changed();
        complain(address, "");
      },
    });
    return h("li", {},
      h("span", { class: "person" }, h("strong", {}, person.name)),
      h("div", { class: "field" }, address, h("p", { class: "field-error", id: `address-${person.id}-error`, hidden: true })),
      button("Remove", {
        class: "quiet", "aria-label": `Remove ${person.name}`, onclick: () => {
          draft.people = draft.people.filter(({ id }) => id !== person.id);
          changed();
          drawChosen();
          drawFound();
          search.focus();
        },
      }));
  }

  function add({ id, name, email }) {
    if (!draft.people.some((person) => person.id === id)) draft.people.push({ id, name, email, invitationEmail: email, accommodations: null });
    document.querySelector("#step-failure").hidden = true;
    changed();
    drawChosen();
    drawFound();
    search.focus();
  }

  function create() {
    const typed = search.value.trim();
    openNewCandidate(typed.includes("@") ? { email: typed } : { name: typed }, {
      created: (candidate) => { add(candidate); search.value = ""; find(); },
      known: async (id) => {
        try {
          add(await call("GET", `/api/candidates/${id}`));
        } catch (error) {
          status.textContent = sentence(error);
        }
      },
      label: "Choose the candidate who has it",
    });
  }

  drawChosen();
  find();
  return {
    content: [
      h("p", { class: "muted" }, "One or several; each gets a link of their own. The address can differ from the one in their profile."),
      h("div", { class: "two-columns" },
        h("div", { class: "stack" }, h("div", { class: "search-line" }, search, button("New candidate", { id: "new-candidate-button", onclick: create })), found, status),
        h("section", { class: "card chosen-card", "aria-labelledby": "chosen-title" }, chosenTitle, chosen)),
    ],
  };
}
