import { Problem, Unreachable } from "../../api.js";
import { button, h } from "../../dom.js";
import { bytes, duration } from "../../format.js";
import { complain, field } from "../fields.js";

const MOST_BYTES = 10_000_000;
const MOST_CHARACTERS = 100_000;

/**
 * A form that takes a file, dropped or chosen, or pasted text.
 *
 * @param arrived called with the record that the server answers
 * @returns the form; `form.take(file)` uploads
 */
export function uploadForm(candidate, arrived) {
  const failure = h("p", { class: "notice bad", role: "alert", id: "upload-failure", hidden: true });
  const progress = h("progress", { max: "1", value: "0", id: "upload-progress", "aria-label": "Upload" });
  const words = h("span", { class: "small muted" });
  const state = h("div", { class: "upload-state", role: "status", hidden: true }, words, progress);
  const input = h("input", { type: "file", id: "resume-file", accept: ".pdf,.doc,.docx", onchange: () => input.files[0] && form.take(input.files[0]) });
  const drop = h("div", { class: "drop" }, h("label", { for: "resume-file" }, "Drop a PDF, DOC or DOCX file here, or choose one"), input,
    h("p", { class: "muted small" }, "At most 10 MB, three files an hour."));
  const text = h("textarea", { class: "input", id: "resume-text", name: "resumeText", rows: "8" });
  const send = button("Read the text", { type: "submit", id: "send-text" });
  const form = h("form", { class: "form upload", novalidate: true, onsubmit: paste }, drop,
    h("details", { class: "paste" }, h("summary", {}, "Paste text instead"),
      h("div", { class: "form" }, field("The resume’s text", text), h("div", { class: "actions" }, send))),
    state, failure);
  acceptDrops(drop, (file) => form.take(file));

  async function work(body, type, sent) {
    failure.hidden = true;
    state.hidden = false;
    input.disabled = send.disabled = true;
    say(sent, 0);
    try {
      arrived(await post(body, type, (fraction) => say(fraction < 1 ? sent : "Reading…", fraction)));
    } catch (error) {
      failure.textContent = explain(error);
      failure.hidden = false;
    } finally {
      state.hidden = true;
      input.disabled = send.disabled = false;
      input.value = "";
    }
  }

  function say(sentence, fraction) {
    if (words.textContent !== sentence) words.textContent = sentence;
    if (fraction < 1) progress.value = fraction;
    else progress.removeAttribute("value");
  }

  form.take = (file) => {
    if (file.size > MOST_BYTES) {
      failure.textContent = `${file.name} has ${bytes(file.size)}. A file may have at most 10 MB.`;
      failure.hidden = false;
      return;
    }
    const body = new FormData();
    body.append("candidateId", candidate.id);
    body.append("file", file);
    work(body, null, `Sending ${file.name}…`);
  };

  function paste(event) {
    event.preventDefault();
    // Page breaks and the like come along with what is copied from a viewer.
    const resumeText = text.value.replace(/[\u0000-\u0008\u000b-\u000c\u000e-\u001f\u007f-\u009f]/g, "\n");
    const count = [...resumeText].length;
    const wrong = resumeText.trim() === "" ? "Paste the text first." : count > MOST_CHARACTERS ? `The text may have at most ${MOST_CHARACTERS.toLocaleString("en")} characters.` : "";
    complain(text, wrong);
    if (wrong) return text.focus();
    work(JSON.stringify({ candidateId: candidate.id, resumeText }), "application/json", "Sending…");
  }

  return form;
}

/** Lets a file be dropped on an element. */
export function acceptDrops(element, take) {
  const carriesFiles = ({ dataTransfer }) => dataTransfer?.types.includes("Files");
  element.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    element.classList.add("over");
  });
  element.addEventListener("dragleave", (event) => { if (!element.contains(event.relatedTarget)) element.classList.remove("over"); });
  element.addEventListener("drop", (event) => {
    element.classList.remove("over");
    const [file] = event.dataTransfer?.files ?? [];
    if (!file || event.defaultPrevented) return; // What is within has taken it.
    event.preventDefault();
    take(file);
  });
}

/** As `call` in api.js; `fetch` tells nothing of how far an upload is. */
function post(body, type, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/api/resume/analyze");
    if (type) request.setRequestHeader("Content-Type", type);
    request.responseType = "json";
    request.upload.onprogress = ({ lengthComputable, loaded, total }) => progress(lengthComputable ? Math.min(loaded / total, 0.99) : 0);
    request.upload.onload = () => progress(1);
    request.onerror = () => reject(new Unreachable());
    request.onload = () => {
      const { status, response } = request;
      if (status < 300) return resolve(response);
      reject(new Problem({
        status, code: response?.code ?? "UNAVAILABLE", detail: response?.detail ?? `The server answered ${status}.`, errors: response?.errors,
        members: response, retryAfter: Number(request.getResponseHeader("Retry-After")) || null,
      }));
    };
    request.send(body);
  });
}

function explain(error) {
  if (error instanceof Unreachable) return "No connection: nothing was uploaded. Check your network and try again.";
  if (!(error instanceof Problem)) throw error;
  if (error.status === 429 && error.retryAfter) return `${error.message} The next upload is possible in ${duration(error.retryAfter)}.`;
  if (error.status === 413) return "The file is too large: at most 10 MB.";
  return error.message;
}
