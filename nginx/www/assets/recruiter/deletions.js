import { call, isPassing } from "../api.js";
import { button, h, icon } from "../dom.js";
import { bytes, moment, relative } from "../format.js";
import { phrases } from "./delete-dialog.js";
import { field, sentence, showRefusal } from "./fields.js";
import { roomBar } from "./room-bar.js";
import { showContent, showFailure, signedIn } from "./shell.js";

// What was deleted for good, with the proof; how long closed interviews and idle candidates are kept; how much room is taken.

const TITLES = { RECORDING: "A recording", INTERVIEW: "A video interview", LIVE_INTERVIEW: "A live interview", PERSON: "A person" };
const LOOK_AGAIN_MS = 2000;

let people = new Map();

async function open() {
  try {
    const [user, page, { accounts }] = await Promise.all([signedIn(), call("GET", "/api/deletions"), call("GET", "/api/accounts")]);
    people = new Map(accounts.map(({ id, name }) => [id, name]));
    const [kept, storage] = user.role === "ADMIN" ? await Promise.all([call("GET", "/api/retention"), call("GET", "/api/storage")]) : [];
    showContent(
      h("div", { class: "page-head" }, h("h1", {}, "Deletions"),
        h("p", { class: "muted" }, "What is gone for good, and the proof of it.")),
      kept && periods(kept.retention), storage && room(storage), records(page));
  } catch (error) {
    showFailure(error, open);
  }
}

// ---- Periods ---------------------------------------------------------------------

const LABELS = { recordingDays: "The number of days", interviewDays: "The number of days", candidateDays: "The number of days", version: "The version" };

function periods(retention) {
  const element = h("section", { class: "card periods", id: "periods", "aria-labelledby": "periods-title" });
  const days = (name, value) => h("input", { class: "input days", id: name, name, inputmode: "numeric", autocomplete: "off", value: value ?? "" });
  const failure = h("p", { class: "notice bad", role: "alert", hidden: true });
  const said = h("p", { class: "small", id: "periods-said", role: "status" });
  const wanted = () => Object.fromEntries(["recordingDays", "interviewDays", "candidateDays"].map((name) => {
    const text = form.elements.namedItem(name).value.trim();
    // What is no number is left to the server to refuse.
    return [name, text === "" ? null : /^\d+$/.test(text) ? Number(text) : text];
  }));
  const attempt = async (work) => {
    failure.hidden = true;
    said.textContent = "";
    for (const each of form.querySelectorAll("[aria-invalid]")) each.removeAttribute("aria-invalid");
    try { await work(); } catch (error) { showRefusal(form, error, failure, LABELS); }
  };
  const look = () => attempt(async () => {
    const query = new URLSearchParams(Object.entries(wanted()).filter(([, value]) => value !== null));
    said.textContent = ahead((await call("GET", `/api/retention?${query}`)).preview);
  });
  const form = h("form", { class: "stack", novalidate: true, onsubmit: (event) => {
    event.preventDefault();
    attempt(async () => {
      const saved = await call("PUT", "/api/retention", { version: retention.version, ...wanted() });
      const next = periods(saved);
      element.replaceWith(next);
      next.querySelector("#periods-said").textContent = "Saved.";
      next.querySelector("#save-periods").focus();
    });
  } },
  h("div", { class: "fields" },
    field("Delete recordings after so many days", days("recordingDays", retention.recordingDays), "With their transcripts and analyses; scores and notes stay. Empty: never."),
    field("Delete whole interviews after so many days", days("interviewDays", retention.interviewDays), "Video interviews and live interviews, with everything in them. Empty: never."),
    field("Delete candidates after so many idle days", days("candidateDays", retention.candidateDays), "With everything about them, interviews too. Empty: never.")),
  failure,
  h("div", { class: "form-end" }, button("Save", { type: "submit", class: "primary", id: "save-periods" }), button("Show what would go now", { id: "look-ahead", onclick: look })),
  said);
  element.append(h("h2", { id: "periods-title" }, "How long is kept"),
    h("p", { class: "muted" }, "Days count from the decision, or from when the interview was withdrawn or its deadline passed. What still waits for a decision is kept. A candidate is idle from the last interview’s end or closing, resume, note or change of their page on; one with an open interview is not."),
    form,
    h("p", { class: "muted small", id: "periods-next" }, retention.nextAt ? `Applied next ${moment(retention.nextAt)}, and then every day.` : "Nothing is deleted by itself."));
  return element;
}

function ahead({ recordings, interviews, liveInterviews, candidates }) {
  const counted = (count, one, many) => count > 0 && `${count} ${count === 1 ? one : many}`;
  const parts = [counted(recordings, "recording", "recordings"), counted(interviews, "video interview", "video interviews"),
    counted(liveInterviews, "live interview", "live interviews"),
    counted(candidates, "candidate with everything about them", "candidates with everything about them")].filter(Boolean);
  return parts.length === 0 ? "Now nothing would go." : `Now this would go: ${parts.join(", ")}.`;
}

// ---- Room ------------------------------------------------------------------------

function room({ usedBytes, quotaBytes }) {
  return h("section", { class: "card periods", id: "storage", "aria-labelledby": "storage-title" },
    h("h2", { id: "storage-title" }, "How much is kept"),
    quotaBytes === null
      ? h("p", {}, `Recordings and resumes take ${bytes(usedBytes)} in the store. There is no limit to it.`)
      : [h("p", { class: "muted" }, "Recordings and resumes in the store. What is beyond the limit is refused; whoever runs Parley for you can raise it."),
        roomBar({ usedBytes, quotaBytes })]);
}

// ---- Records ---------------------------------------------------------------------

function records({ deletions, nextCursor }) {
  const list = h("div", { class: "records", id: "records" }, deletions.map(record));
  const more = button("Show earlier ones", { id: "more", hidden: nextCursor === null, onclick: async () => {
    try {
      const page = await call("GET", `/api/deletions?${new URLSearchParams({ cursor: nextCursor })}`);
      list.append(...page.deletions.map(record));
      ({ nextCursor } = page);
      more.hidden = nextCursor === null;
    } catch (error) {
      list.append(h("p", { class: "notice bad", role: "alert" }, sentence(error)));
    }
  } });
  return h("section", { class: "section", "aria-labelledby": "records-title" }, h("h2", { id: "records-title" }, "Records"),
    deletions.length > 0 ? list : h("div", { class: "face card" }, icon("remove"), h("h3", {}, "Nothing was deleted yet"),
      h("p", {}, "Recordings and interviews are deleted on their own pages, a person on theirs. What was deleted is listed here without a name.")),
    h("div", {}, more));
}

function record(deletion) {
  const element = h("article", { class: "card record", id: `deletion-${deletion.id}` });
  fill(element, deletion);
  return element;
}

function fill(element, deletion) {
  const { id, scope, subjectId, accountId, counts, requestedAt, completedAt, objects, gone } = deletion;
  const who = accountId ? `asked for by ${people.get(accountId) ?? "a former colleague"}` : "by the retention period";
  const found = phrases(counts);
  const details = h("details", { ontoggle: () => details.open && showProof(details, deletion) },
    h("summary", {}, objects === 0 ? "The seal" : objects === 1 ? "One object in the store" : `${objects} objects in the store`),
    h("div", { class: "objects" }));
  element.replaceChildren(
    h("div", { class: "record-head" }, h("h3", {}, TITLES[scope]),
      completedAt ? h("span", { class: "badge good" }, "Gone") : h("span", { class: "badge caution" }, `${gone} of ${objects} objects gone`)),
    h("p", { class: "small" }, h("span", { class: "muted" }, "Known as "), h("span", { class: "id" }, subjectId)),
    h("p", { class: "small" }, h("time", { datetime: requestedAt, title: moment(requestedAt) }, relative(requestedAt)), `, ${who}`,
      completedAt && [". Gone from the store ", h("time", { datetime: completedAt }, moment(completedAt))], "."),
    h("p", { class: "small", hidden: found.length === 0 }, h("span", { class: "muted" }, "With it went "), `${found.join(", ")}${counts.bytes > 0 ? `; ${bytes(counts.bytes)}` : ""}.`),
    objects > 0 || completedAt ? details : "",
    h("p", {}, h("a", { class: "button quiet small", href: `/api/deletions/${id}`, download: `deletion-${id}.json` }, "Download the record")));
  if (!completedAt) setTimeout(() => lookAgain(element, deletion), LOOK_AGAIN_MS);
}

// As long as something is left in the store, unless somebody is at work in it.
async function lookAgain(element, deletion) {
  if (!element.isConnected) return;
  if (element.contains(document.activeElement)) return setTimeout(() => lookAgain(element, deletion), LOOK_AGAIN_MS);
  try {
    fill(element, (await call("GET", `/api/deletions/${deletion.id}`)).deletion);
  } catch (error) {
    if (isPassing(error)) setTimeout(() => lookAgain(element, deletion), LOOK_AGAIN_MS);
  }
}

async function showProof(details, { id }) {
  const place = details.querySelector(".objects");
  place.replaceChildren(h("p", { class: "muted", role: "status" }, "Loading…"));
  try {
    const { objects, seal } = await call("GET", `/api/deletions/${id}`);
    place.replaceChildren(
      h("ul", { hidden: objects.length === 0 }, objects.map(({ key, goneAt, problem, attempts }) => h("li", {},
        h("span", { class: "id" }, key), h("br"),
        goneAt ? ["Gone ", h("time", { datetime: goneAt }, moment(goneAt))] : problem ? `Not gone after ${attempts === 1 ? "one attempt" : `${attempts} attempts`}: ${problem}`
          : "Removed. It is looked for once more when nobody can be storing it any longer."))),
      ...sealOf(seal));
  } catch (error) {
    place.replaceChildren(h("p", { class: "notice bad", role: "alert" }, sentence(error)));
  }
}

/** What shows whether the record was changed since the last object was gone. */
function sealOf(seal) {
  if (seal === null) return [];
  return [
    seal.isIntact ? "" : h("p", { class: "notice bad" }, "This record is not what was sealed. It was changed in the database afterwards."),
    h("p", { class: "seal" }, `Sealed as record ${seal.number} of your organisation. SHA-256 `, h("span", { class: "id" }, seal.sha256),
      seal.number > 1 && [", of the record before it ", h("span", { class: "id" }, seal.previous)], ".")];
}

open();
