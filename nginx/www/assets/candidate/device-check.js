import { button, h, icon } from "../dom.js";
import { t } from "../texts.js";
import { mail } from "./intro.js";
import { canFullscreen } from "./devices.js";
import { announce, focusHeading } from "./page.js";
import "./level-meter.js";

/** Lets the candidate see and hear themselves, choose devices, and begin. */
export function deviceCheckScreen(session, { begin, back }) {
  const body = h("div", { class: "check column" }, opening());
  const open = async (chosen) => {
    body.replaceChildren(...opening());
    focusHeading();
    try {
      await session.devices.open(chosen);
      body.replaceChildren(...await preview(session, { open, begin, back }));
      focusHeading();
    } catch (error) {
      if (!error.reason) throw error;
      body.replaceChildren(...explanation(error.reason, session.interview.contactEmail, open, back));
      focusHeading();
      announce(t(`device.${error.reason}.title`));
    }
  };
  return { state: "device-check", title: t("check.screen"), content: [body], opened: open };
}

function opening() {
  return [
    h("h1", {}, t("check.title")),
    h("p", { class: "lead" }, t("check.opening")),
    h("div", { class: "stage skeleton" }),
  ];
}

function explanation(reason, email, open, back) {
  const [before, after] = t("device.help", { email: "\n" }).split("\n");
  return [h("div", { class: "message", id: "device-fault", "data-reason": reason },
    icon("camera"),
    h("h1", {}, t(`device.${reason}.title`)),
    h("p", {}, t(`device.${reason}.way`)),
    h("p", { class: "muted small" }, before, mail(email), after),
    h("div", { class: "actions" },
      button(t("check.again"), { id: "try-again", class: "primary large", onclick: () => open() }),
      button(t("check.back"), { class: "quiet large", onclick: back })))];
}

async function preview(session, { open, begin, back }) {
  const { cameras, microphones } = await session.devices.list();
  const proceed = beginButton(session, begin);
  return [
    h("div", { class: "opening" }, h("h1", {}, t("check.title")), h("p", { class: "lead" }, t("check.lead"))),
    h("div", { class: "check-grid" },
      livePicture(session.devices.stream, t("check.preview")),
      h("div", { class: "check-side" },
        choice("camera", cameras, (id) => open({ camera: id })),
        h("div", { class: "stack-tight" },
          choice("microphone", microphones, (id) => open({ microphone: id })),
          ...meter(session.devices.stream)),
        h("fieldset", { class: "confirmations" },
          h("legend", { class: "visually-hidden" }, t("check.confirmFirst")),
          confirmation("camera-works", t("check.cameraWorks"), proceed.update),
          confirmation("microphone-works", t("check.microphoneWorks"), proceed.update)))),
    h("div", { class: "actions dock" }, proceed.element,
      button(t("check.back"), { class: "quiet large", onclick: back }), proceed.note),
  ];
}

/** A muted, mirrored picture of the stream, as in a mirror. */
export function livePicture(stream, label) {
  const video = h("video", { class: "mirror", autoplay: true, playsinline: true, "aria-label": label });
  video.muted = true;
  video.srcObject = stream;
  return h("div", { class: "stage" }, video);
}

function choice(kind, devices, choose) {
  const unnamed = kind === "camera" ? "check.unnamedCamera" : "check.unnamedMicrophone";
  return h("div", { class: "field" },
    h("label", { for: `${kind}-select` }, t(`check.${kind}`)),
    h("select", { id: `${kind}-select`, class: "input", onchange: ({ target }) => choose(target.value) },
      devices.map((device, index) => h("option", { value: device.id, selected: device.current },
        device.label || t(unnamed, { number: index + 1 })))));
}

function meter(stream) {
  const level = h("level-meter", { id: "level-meter", "aria-label": t("check.level") });
  const verdict = h("p", { class: "small muted", role: "status", id: "level-verdict" }, t("check.quiet"));
  level.stream = stream;
  level.addEventListener("heard", () => {
    if (verdict.dataset.heard) return;
    verdict.dataset.heard = "yes";
    verdict.textContent = t("check.heard");
  });
  return [level, verdict];
}

function confirmation(id, label, changed) {
  return h("label", { class: "confirmation", for: id }, h("input", { type: "checkbox", id, onchange: changed }), label);
}

function beginButton(session, begin) {
  const label = session.interview.startedAt ? t("check.continue") : t("check.begin");
  const usual = canFullscreen() ? t("check.beginNote") : "";
  const note = h("span", { class: "muted small", role: "status" }, t("check.confirmFirst"));
  const complete = () => ["camera-works", "microphone-works"].every((id) => document.getElementById(id).checked);
  const element = button(label, {
    id: "begin", class: "primary large", disabled: true,
    onclick: async () => {
      element.disabled = true;
      note.textContent = t("check.starting");
      const failure = await begin();
      if (failure) {
        note.textContent = failure;
        element.disabled = false;
      }
    },
  });
  const update = () => {
    element.disabled = !complete();
    note.textContent = complete() ? usual : t("check.confirmFirst");
  };
  return { element, note, update };
}
