import { call } from "../api.js";
import { button, h } from "../dom.js";
import { bytes } from "../format.js";
import { openDialog } from "./dialog.js";
import { sentence } from "./fields.js";

// Deleting for good: first what exactly goes, then a word that nobody types by mistake.

const WORD = "DELETE";

// By the names in `counts`: one and many of it.
const THINGS = {
  interviews: ["video interview", "video interviews"],
  liveInterviews: ["live interview", "live interviews"],
  answers: ["answer", "answers"],
  recordings: ["recording", "recordings (every take)"],
  transcripts: ["transcript", "transcripts"],
  analyses: ["analysis by an engine", "analyses by engines"],
  scores: ["score with its notes", "scores with their notes"],
  decisions: ["decision with its reason", "decisions with their reasons"],
  monitoringEvents: ["note of monitoring", "notes of monitoring"],
  consents: ["choice about consent", "choices about consent"],
  resumes: ["version of a resume", "versions of a resume"],
  notes: ["note about the candidate", "notes about the candidate"],
  mails: ["entry in the list of mails", "entries in the list of mails"],
};

/** What a deletion takes away, as phrases: `["2 answers", …]`. */
export function phrases(counts) {
  return Object.entries(THINGS).filter(([name]) => counts[name] > 0).map(([name, words]) => `${counts[name]} ${words[counts[name] === 1 ? 0 : 1]}`);
}

/**
 * Asks whether something is to be deleted for good, and deletes it.
 *
 * @param what { scope, subjectId, path (that DELETE is sent to), title, lead (what goes besides the counts), stays (what does not) }
 * @param deleted called with the record
 */
export function openDeletion({ scope, subjectId, path, title, lead, stays }, deleted) {
  const place = h("div", { class: "what-goes", "aria-live": "polite" }, h("p", { class: "muted" }, "Counting…"));
  const word = h("input", { class: "input", id: "delete-word", autocomplete: "off", spellcheck: "false", autocapitalize: "characters", "aria-describedby": "delete-failure",
    oninput: () => { act.disabled = word.value.trim() !== WORD; } });
  const failure = h("p", { class: "notice bad", id: "delete-failure", role: "alert", hidden: true });
  const act = button("Delete for good", { type: "submit", class: "danger", id: "delete-for-good", disabled: true });
  const dialog = openDialog("delete-dialog", title, (close) => h("form", { novalidate: true, onsubmit: send },
    h("p", {}, lead), place, h("p", { class: "small" }, stays),
    h("p", {}, h("b", {}, "This cannot be undone. "), "What backups hold of it goes as they are replaced."),
    h("div", { class: "field" }, h("label", { for: "delete-word" }, "Type ", h("b", {}, WORD), " to go on"), word),
    failure, h("div", { class: "actions" }, act, button("Keep it", { class: "quiet", id: "keep", onclick: close }))));
  word.focus();
  count();

  async function count() {
    try {
      const counts = await call("GET", `/api/deletions/preview?${new URLSearchParams({ scope, subjectId })}`);
      const found = phrases(counts);
      place.replaceChildren(found.length === 0 ? h("p", { class: "muted" }, "Nothing else belongs to it.") : h("ul", { id: "what-goes" }, found.map((text) => h("li", {}, text))),
        counts.bytes > 0 ? h("p", { class: "muted small" }, `${bytes(counts.bytes)} in the store of recordings and files.`) : "");
    } catch (error) {
      word.disabled = true;
      place.replaceChildren(h("p", { class: "notice bad", role: "alert" }, sentence(error)));
    }
  }

  async function send(event) {
    event.preventDefault();
    if (act.disabled) return;
    act.disabled = true;
    failure.hidden = true;
    try {
      const record = await call("DELETE", path);
      dialog.close();
      deleted(record);
    } catch (error) {
      failure.textContent = sentence(error);
      failure.hidden = false;
      act.disabled = false;
    }
  }
}
