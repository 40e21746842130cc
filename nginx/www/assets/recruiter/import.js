import { call, Problem } from "../api.js";
import { button, h } from "../dom.js";
import { dialogActions, openDialog } from "./dialog.js";
import { sentence } from "./fields.js";

// Candidates from a spreadsheet: first what would happen, then what happened.

const MOST_BYTES = 900_000; // The server takes a request of 1 MiB, in which the text is written as JSON.
const TEMPLATE = "name,email,phone,stage\nAda Example,ada@example.com,+49 30 1234567,applied\n";
const MOST_SHOWN = 200;

/** @param imported called once the dialog is closed, when candidates were created */
export function openImport(imported) {
  let wasDone = false;
  const body = h("div", { class: "import-step" });
  const dialog = openDialog("import-dialog", "Import candidates", (close) => {
    choose(body, close, () => { wasDone = true; });
    return body;
  }, { wide: true });
  dialog.addEventListener("close", () => { if (wasDone) imported(); });
}

function choose(body, close, done) {
  const failure = h("p", { class: "notice bad", role: "alert", id: "import-failure", hidden: true });
  const fail = (words) => { failure.textContent = words; failure.hidden = false; };
  const input = h("input", { type: "file", id: "import-file", accept: ".csv,text/csv,text/plain", onchange: () => input.files[0] && rehearse(input.files[0]) });
  const drop = h("div", {
    class: "drop", id: "drop",
    ondragover: (event) => { event.preventDefault(); drop.classList.add("over"); },
    ondragleave: () => drop.classList.remove("over"),
    ondrop: (event) => {
      event.preventDefault();
      drop.classList.remove("over");
      const [file, second] = event.dataTransfer.files;
      if (second) return fail("Drop one file at a time.");
      if (file) rehearse(file);
    },
  }, h("label", { for: "import-file" }, "Drop a CSV file here, or choose one"), input);

  async function rehearse(file) {
    failure.hidden = true;
    try {
      const sheet = await read(file);
      input.disabled = true;
      const outcome = await call("POST", "/api/candidates/import", { csv: sheet.text, dryRun: true });
      look(body, sheet, outcome, close, done);
    } catch (error) {
      input.disabled = false;
      input.value = "";
      fail(error instanceof Unreadable ? error.message : words(error));
    }
  }

  body.replaceChildren(
    h("p", { class: "muted" }, "The first line names the columns: ", h("code", {}, "name"), " and ", h("code", {}, "email"), ", and if you like ",
      h("code", {}, "phone"), " and ", h("code", {}, "stage"), ". Nothing is saved before you have seen what would happen."),
    drop, failure,
    h("p", { class: "small" }, h("a", { href: `data:text/csv;charset=utf-8,${encodeURIComponent(TEMPLATE)}`, download: "candidates.csv" }, "Download an example")),
    dialogActions(close));
}

/** Why a file is not even sent. */
class Unreadable extends Error {}

/** A file's {name, text, isGuessed: whether it was not UTF-8 and was taken for Windows' western European}. */
async function read(file) {
  if (file.size > MOST_BYTES) throw new Unreadable("This file is too large. Split it into files of at most 5,000 lines and 900 kB.");
  const bytes = await file.arrayBuffer();
  if (new Uint8Array(bytes).includes(0)) throw new Unreadable("This is not a text file. Save the spreadsheet as CSV first.");
  try {
    return { name: file.name, text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), isGuessed: false };
  } catch {
    return { name: file.name, text: new TextDecoder("windows-1252").decode(bytes), isGuessed: true };
  }
}

function words(error) {
  if (error instanceof Problem && error.errors.length > 0) return error.errors.map(({ message }) => `The file ${message}.`).join(" ");
  return sentence(error);
}

// What would happen, before it does.
function look(body, sheet, outcome, close, done) {
  const count = outcome.created.length;
  const failure = h("p", { class: "notice bad", role: "alert", hidden: true });
  const confirm = button(count === 1 ? "Add 1 candidate" : `Add ${count} candidates`, {
    class: "primary", id: "import-confirm", disabled: count === 0,
    onclick: async () => {
      confirm.disabled = true;
      failure.hidden = true;
      try {
        const result = await call("POST", "/api/candidates/import", { csv: sheet.text });
        done();
        report(body, sheet, result, close);
      } catch (error) {
        confirm.disabled = false;
        failure.textContent = words(error);
        failure.hidden = false;
      }
    },
  });
  body.replaceChildren(
    h("p", { tabindex: "-1", id: "import-outcome" }, h("strong", {}, sheet.name), count === 0 ? ": nobody can be added." : ": this is what would happen."),
    ...(sheet.isGuessed ? [h("p", { class: "notice caution" }, "The file is not in UTF-8 and was read as Windows’ western European. Check names with accents below.")] : []),
    ...details(sheet, outcome, "would be added"), failure,
    h("div", { class: "actions" }, confirm, button("Choose another file", { id: "import-again", onclick: () => choose(body, close, done) }), button("Cancel", { class: "quiet", onclick: close })));
  body.querySelector("#import-outcome").focus();
}

function report(body, sheet, outcome, close) {
  body.replaceChildren(
    h("p", { tabindex: "-1", id: "import-outcome", role: "status" }, outcome.created.length === 1 ? "1 candidate was added." : `${outcome.created.length} candidates were added.`),
    ...details(sheet, outcome, "added"),
    h("div", { class: "actions" }, button("Done", { class: "primary", id: "import-done", onclick: close })));
  body.querySelector("#import-outcome").focus();
}

function details(sheet, { rowCount, created, refused, duplicates, ignoredColumns }, verb) {
  const lines = sheet.text.split(/\r\n|\r|\n/);
  const refusedLines = new Set(refused.map(({ line }) => line)).size;
  const fact = (count, label) => h("li", {}, h("b", { class: "figures" }, String(count)), h("span", { class: "muted small" }, label));
  const first = created.slice(0, 5).map(({ line }) => lines[line - 1]);
  return [
    h("ul", { class: "counts", id: "import-counts" }, fact(rowCount, "rows in the file"), fact(created.length, verb), fact(refusedLines, "refused"), fact(duplicates.length, "there already")),
    ignoredColumns.length > 0 && h("p", { class: "small" }, `Columns that are passed over: ${ignoredColumns.join(", ")}.`),
    first.length > 0 && h("div", {}, h("h3", {}, created.length > first.length ? "The first lines" : "The lines"), h("ul", { class: "small muted" }, first.map((text) => h("li", {}, text)))),
    refused.length > 0 && list("refused-lines", "Refused lines", refused, ({ column, message }) => `${column ? `“${column}” ` : "The line "}${message}.`, lines),
    duplicates.length > 0 && list("duplicate-lines", "There already", duplicates, ({ candidateId, message }) => (candidateId ? h("a", { href: `/candidates/${candidateId}`, target: "_blank", rel: "noopener" }, message) : message), lines),
  ].filter(Boolean);
}

function list(id, title, entries, explain, lines) {
  return h("div", { class: "import-step" },
    h("h3", { id: `${id}-title` }, title),
    h("div", { class: "lines card", tabindex: "0", role: "region", "aria-labelledby": `${id}-title` }, h("table", { id },
      h("thead", {}, h("tr", {}, ["Line", "What is wrong", "What it says"].map((label) => h("th", { scope: "col" }, label)))),
      h("tbody", {}, entries.slice(0, MOST_SHOWN).map((entry) => h("tr", {}, h("th", { scope: "row", class: "figures" }, String(entry.line)),
        h("td", {}, explain(entry)), h("td", { class: "line-text" }, lines[entry.line - 1])))))),
    entries.length > MOST_SHOWN && h("p", { class: "muted small" }, `And ${entries.length - MOST_SHOWN} more.`));
}
