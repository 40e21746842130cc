import { call } from "../api.js";
import { button, h } from "../dom.js";
import { moment, relative } from "../format.js";
import { complain, field, sentence } from "./fields.js";
import { toast } from "./toast.js";

const MOST_CHARACTERS = 5000;

/** What the team wrote about a candidate, and room to write more. Changes `candidate.notes`. */
export function notes(candidate) {
  const address = `/api/candidates/${candidate.id}/notes`;
  const list = h("ul", { class: "notes", id: "notes" });
  const text = h("textarea", { class: "input", id: "note", name: "text", rows: "3" });
  const submit = button("Add note", { type: "submit", id: "add-note" });

  function draw() {
    list.replaceChildren(...candidate.notes.map((note) => h("li", {},
      h("p", { class: "words", dir: "auto" }, note.text),
      h("footer", {}, h("span", { class: "muted small" }, `${note.isOwn ? "You" : note.author.name}, `, h("time", { datetime: note.createdAt, title: moment(note.createdAt) }, relative(note.createdAt))),
        note.isOwn && button("Remove", { class: "quiet", "aria-label": `Remove the note “${note.text.slice(0, 40)}”`, onclick: () => remove(note) })))));
  }

  async function add(words) {
    candidate.notes = [await call("POST", address, { text: words }), ...candidate.notes];
    draw();
  }

  async function remove(note) {
    try {
      await call("DELETE", `${address}/${note.id}`);
      candidate.notes = candidate.notes.filter(({ id }) => id !== note.id);
      draw();
      text.focus();
      toast("The note is removed.", () => add(note.text).catch((error) => toast(sentence(error))));
    } catch (error) {
      toast(sentence(error));
    }
  }

  async function write(event) {
    event.preventDefault();
    const words = text.value.trim();
    const wrong = words === "" ? "Write something first." : [...words].length > MOST_CHARACTERS ? `Write at most ${MOST_CHARACTERS} characters.` : "";
    complain(text, wrong);
    if (wrong) return text.focus();
    submit.disabled = true;
    try {
      await add(words);
      text.value = "";
    } catch (error) {
      complain(text, sentence(error)); // What was written stays in the field.
    } finally {
      submit.disabled = false;
    }
  }

  draw();
  return h("section", { class: "card padded", "aria-labelledby": "notes-title" },
    h("h2", { id: "notes-title" }, "Notes"),
    h("form", { class: "form", novalidate: true, onsubmit: write },
      field("Write a note", text, "Everybody in your organisation reads it, also those who have still to score."), h("div", { class: "actions" }, submit)),
    list);
}
