import { call } from "../../api.js";
import { button, h } from "../../dom.js";
import { bytes, moment, relative } from "../../format.js";
import { dialogActions, openDialog } from "../dialog.js";
import { sentence } from "../fields.js";
import { toast } from "../toast.js";
import { engineName, fieldNames } from "./words.js";

/** The history of a resume: what came, what was read, what changed, who opened the file. Loaded when it is opened. */
export function versions(candidate, resume, changed) {
  const address = `/api/resume/${candidate.id}`;
  const body = h("div", {}, h("p", { class: "muted", role: "status" }, "Loading…"));
  let isLoaded = false;

  async function load() {
    try {
      const { versions } = await call("GET", `${address}/versions`);
      isLoaded = true;
      body.replaceChildren(h("ol", { class: "version-list" }, versions.map(version)));
    } catch (error) {
      body.replaceChildren(h("p", { class: "notice bad", role: "alert" }, sentence(error)), button("Try again", { onclick: load }));
    }
  }

  function version({ version: number, status, problem, kind, fileName, sizeBytes, uploadedAt, uploadedBy, readings, openings }) {
    return h("li", {},
      h("p", {}, h("strong", {}, `Version ${number}`), number === resume.version && h("span", { class: "badge accent" }, "Counts"), " ",
        fileName ?? "Pasted text", h("span", { class: "muted" }, ` · ${kind === "PASTED" ? "" : `${bytes(sizeBytes)} · `}${uploadedBy.name}, `), time(uploadedAt)),
      status === "FAILED" && h("p", { class: "notice bad" }, problem),
      readings.map(({ engine, engineVersion, analyzedAt, changes }, index) => h("div", { class: "reading small" },
        h("p", { class: "muted" }, `Read by ${engineName(engine)}, version ${engineVersion}, `, time(analyzedAt)),
        changes.length > 0 ? h("ul", {}, changes.map(change)) : (index < readings.length - 1 || number > 1) && h("p", {}, "Nothing is different from the reading before."))),
      openings.length > 0 && h("p", { class: "muted small" }, "The file was opened by ", openings.slice(0, 5).flatMap(({ by, at }, index) => [index > 0 && ", ", `${by.name} `, time(at)]).filter(Boolean), "."),
      h("div", { class: "actions" }, button("Take back", { class: "quiet", "aria-label": `Take version ${number} back`, onclick: () => confirmRemoval(number) })));
  }

  function confirmRemoval(number) {
    openDialog("take-back", `Take version ${number} back?`, (close) => [
      h("p", {}, "Its file, its text and everything that was read in it are removed for good. That it was there stays written down."),
      dialogActions(close, button("Take it back", { class: "danger", id: "confirm-take-back", onclick: () => { close(); remove(number); } }))]);
  }

  async function remove(number) {
    try {
      await call("DELETE", `${address}/versions/${number}`);
      toast(`Version ${number} is taken back.`);
      document.querySelector("#resume-title")?.focus();
      await changed();
    } catch (error) {
      toast(sentence(error));
    }
  }

  return h("details", { class: "card padded versions-card", id: "versions", ontoggle: ({ currentTarget }) => { if (currentTarget.open && !isLoaded) load(); } },
    h("summary", {}, "Versions"), body);
}

function change({ field, before, after }) {
  const name = fieldNames[field] ?? field;
  if (before === null) return h("li", {}, h("span", { class: "badge good" }, "New"), ` ${name}: `, h("ins", {}, after));
  if (after === null) return h("li", {}, h("span", { class: "badge caution" }, "Gone"), ` ${name}: `, h("del", {}, before));
  return h("li", {}, h("span", { class: "badge" }, "Changed"), ` ${name}: `, h("del", {}, before), " → ", h("ins", {}, after));
}

const time = (at) => h("time", { datetime: at, title: moment(at) }, relative(at));
