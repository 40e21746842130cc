import { call, Problem, Unreachable } from "../../api.js";
import { button, h, icon } from "../../dom.js";
import { openDialog } from "../dialog.js";
import { sentence } from "../fields.js";
import { toast } from "../toast.js";
import { documentView } from "./document-view.js";
import { facts } from "./facts.js";
import { howItWasRead } from "./how.js";
import { tailoredQuestions } from "./questions.js";
import { acceptDrops, uploadForm } from "./upload.js";
import { versions } from "./versions.js";
import { warnings } from "./warnings.js";

const POLL_MS = 2000;

/**
 * The section of a candidate's profile about their resume: what it says and where, what to ask about it, and
 * room for another one. It loads itself.
 */
export function resumeSection(candidate) {
  const address = `/api/resume/${candidate.id}`;
  const actions = h("div", { class: "head-actions" });
  const status = h("p", { class: "visually-hidden", role: "status" });
  const body = h("div", { class: "resume-body" });
  const section = h("section", { class: "resume", id: "resume", "aria-labelledby": "resume-title", "data-state": "loading", "aria-busy": "true" },
    h("div", { class: "resume-head" }, h("h2", { id: "resume-title", tabindex: "-1" }, "Resume"), actions), status, body);
  let poll = null;

  function enter(state, ...content) {
    section.dataset.state = state;
    section.removeAttribute("aria-busy");
    body.replaceChildren(...content.filter(Boolean));
  }

  async function load() {
    clearTimeout(poll);
    try {
      show(await call("GET", address));
    } catch (error) {
      fail(error);
    }
  }

  function fail(error) {
    const isOffline = error instanceof Unreachable;
    actions.replaceChildren();
    enter(isOffline ? "offline" : "error", h("div", { class: "face card", role: "alert" }, icon(isOffline ? "offline" : "warning"),
      h("h3", {}, isOffline ? "No connection" : "The resume could not be loaded"),
      h("p", {}, isOffline ? "The server cannot be reached. Check your network; nothing is lost." : sentence(error)),
      button("Try again", { id: "resume-again", onclick: load })));
    if (!(error instanceof Problem || isOffline)) throw error;
  }

  function show({ resume, pending }) {
    const isReading = pending?.status === "READING";
    if (isReading) poll = setTimeout(watch, POLL_MS);
    actions.replaceChildren(...(resume ? [
      button("Re-analyze", { id: "analyze-again", disabled: isReading, onclick: analyzeAgain }, "retake"),
      button("Upload another", { id: "upload-another", class: "primary", onclick: () => openUpload() }, "up")] : []));
    const note = pending && pendingNote(pending);
    if (!resume) return enter(isReading ? "reading" : "empty", note, !isReading && empty());
    const view = documentView(resume);
    enter(isReading ? "reading" : "ready", note, warnings(resume, view),
      h("div", { class: "resume-columns" },
        h("div", { class: "resume-facts" }, facts(resume, view, correct), howItWasRead(resume)),
        view.element),
      tailoredQuestions(candidate, resume, view),
      versions(candidate, resume, load));
  }

  const empty = () => h("div", { class: "card padded resume-empty" },
    h("p", { class: "muted" }, "Nothing is known from a resume yet. What you upload is read by Parley’s own rules or, where your organisation chose one, by its language model: contact data, positions, education and skills appear here with the places where they stand."),
    uploadForm(candidate, arrived));

  // Looks again until the reading is over; what is shown stays meanwhile.
  async function watch() {
    try {
      const state = await call("GET", address);
      if (state.pending?.status === "READING") {
        poll = setTimeout(watch, POLL_MS);
        return;
      }
      status.textContent = state.pending ? "The resume could not be read." : "The resume was read.";
      show(state);
    } catch (error) {
      if (!(error instanceof Unreachable || error instanceof Problem)) throw error;
      poll = setTimeout(watch, 5 * POLL_MS);
    }
  }

  function openUpload(file = null) {
    let form;
    openDialog("upload-dialog", "Upload a resume", (close) => {
      form = uploadForm(candidate, (record) => { close(); arrived(record); });
      return [h("p", { class: "muted small" }, "The versions that are there stay; the newest one counts."), form,
        h("div", { class: "actions" }, button("Close", { class: "quiet", onclick: close }))];
    });
    if (file) form.take(file);
  }

  function arrived(record) {
    load();
    document.querySelector("#resume-title")?.focus();
    const words = record.status === "READING" ? `Version ${record.version} is being read.` : `Version ${record.version} was read.`;
    toast(words, () => takeBack(record.version));
  }

  async function takeBack(version) {
    try {
      await call("DELETE", `${address}/versions/${version}`);
      toast(`Version ${version} is taken back.`);
      await load();
    } catch (error) {
      toast(sentence(error));
    }
  }

  async function analyzeAgain({ currentTarget }) {
    currentTarget.disabled = true;
    section.setAttribute("aria-busy", "true");
    try {
      const { status: state } = await call("POST", `${address}/analyze-again`);
      toast(state === "READING" ? "The resume is being read again." : "The resume was read again. Earlier readings are under “Versions”.");
      await load();
    } catch (error) {
      currentTarget.disabled = false;
      section.removeAttribute("aria-busy");
      toast(sentence(error));
    }
  }

  // Saves a value that somebody knows better, and offers the way back.
  async function correct(change, undo) {
    await call("PATCH", address, change);
    await load();
    document.querySelector(`#correct-${change.field}`)?.focus();
    toast(change.revert ? "What was read counts again." : "The correction is saved. Later readings leave it as it is.",
      undo && (() => correct(undo).catch((error) => toast(sentence(error)))));
  }

  acceptDrops(section, (file) => (body.querySelector("form.upload")?.take ?? openUpload)(file));
  enter("loading", h("div", { class: "card padded skeleton resume-skeleton" }, "Loading…"));
  section.setAttribute("aria-busy", "true");
  load();
  return section;
}

function pendingNote({ status, version, fileName, problem }) {
  const what = fileName ?? "The text";
  return status === "READING"
    ? h("div", { class: "notice resume-reading", role: "status" }, h("strong", {}, `${what} is being read…`),
      h("p", {}, "A scan or a language model takes its time, up to some minutes. You can leave this page: the result will be here."))
    : h("div", { class: "notice bad", role: "alert" }, h("strong", {}, `${what} (version ${version}) could not be read`), h("p", {}, problem));
}
