import { button, h } from "../dom.js";
import { duration } from "../format.js";
import * as machine from "../recording-machine.js";
import { knowLength } from "../recorder.js";
import { locale, t } from "../texts.js";
import { livePicture } from "./device-check.js";
import { sendingCard } from "./saved.js";

// What each phase of a question on video looks like. `question.js` decides what happens.

const NOTICES = { empty: "question.noticeEmpty", unplayable: "question.noticeUnplayable", fault: "question.noticeFault" };

/** @returns {content, pill, start} */
export function thinking({ notice }, stream, then) {
  const status = pill("clock");
  const picture = livePicture(stream, t("question.preview"));
  picture.append(status.element);
  const start = button(t("question.start"), {
    id: "start-recording", class: "primary large", "data-first": true, onclick: then.start,
  });
  return {
    pill: status, start,
    content: [
      picture,
      notice && h("p", { class: "notice caution", role: "status" }, t(NOTICES[notice])),
      h("div", { class: "actions dock" }, start, h("span", { class: "muted small" }, t("question.thinkingNote"))),
    ].filter(Boolean),
  };
}

/** @returns {content, pill, bar, connection, late} */
export function recording({ limits }, stream, then) {
  const status = pill("live");
  const bar = h("div", { class: "time-bar", "aria-hidden": "true" });
  const late = h("p", { id: "recording-late", hidden: true }, t("question.late"));
  const connection = h("p", { id: "recording-offline", hidden: true }, t("question.offline"));
  const picture = livePicture(stream, t("question.preview"));
  picture.classList.add("live");
  // On the picture, where they push nothing away.
  picture.append(status.element, bar, h("div", { class: "remarks" }, late, connection));
  return {
    pill: status, bar, connection, late,
    content: [
      picture,
      h("div", { class: "actions dock" },
        button(t("question.stop"), { id: "stop-recording", class: "danger large", "data-first": true, onclick: then.stop }, "stop"),
        h("span", { class: "muted small" }, t("question.limit", { duration: duration(limits.timeLimitSeconds, locale) }))),
    ],
  };
}

/** @param practice see `QuestionScreen` */
export function reviewing(state, address, practice, then) {
  const { refusal, fault, late, durationSeconds } = state;
  const video = h("video", { id: "take", src: address, controls: true, playsinline: true, preload: "auto", "aria-label": t("review.video"), onloadedmetadata: () => knowLength(video) });
  const remark = remarkOn(state);
  return [
    h("div", { class: "stage" }, video),
    refusal && h("p", { class: "notice bad", role: "alert" }, refusal),
    late && h("p", { class: "notice caution", id: "review-late", role: "status" }, t("review.late")),
    remark && h("p", { class: `notice ${fault ? "caution" : ""}` }, remark),
    h("p", { class: "take-line small muted" },
      h("b", {}, t("review.take", { number: machine.takeNumber(state), duration: duration(durationSeconds, locale) })), " ",
      fault || late ? null : practice?.retakes ?? retakeSentence(state)),
    h("div", { class: "actions dock" },
      button(practice?.use ?? t("review.use"), { id: "use-take", class: "primary large", "data-first": true, onclick: then.use }),
      machine.mayRetake(state) && button(t("review.retake"), {
        id: "re-record", class: "large", title: t("review.retakeNote"), onclick: then.retake,
      }, "retake"),
      button(t("review.play"), { id: "play-back", class: "quiet large", onclick: () => video.play() }, "play")),
  ].filter(Boolean);
}

function remarkOn({ fault, late, recovered, atLimit }) {
  if (late && fault) return null;
  if (recovered) return t(fault ? "review.keptPart" : "review.keptWhole");
  if (fault) return t("review.fault");
  return atLimit ? t("review.atLimit") : null;
}

function retakeSentence(state) {
  const count = machine.retakesLeft(state);
  return count > 0 ? t("review.retakesLeft", { count }) : t("review.retakesNone");
}

/** @returns {content, bar, line} */
export function submitting(lasting) {
  const bar = h("progress", { id: "upload-progress", max: "100", value: "0", "aria-label": t("upload.progress") });
  const line = h("p", { class: "figures", id: "upload-line" });
  return { bar, line, content: [sendingCard(lasting, line, bar)] };
}

// The label on the picture: what is happening and how long still.
function pill(kind) {
  const label = h("span", { class: "figures" });
  return {
    element: h("div", { class: `pill ${kind}`, role: "timer", "aria-live": "off" }, label),
    set: (value) => { if (label.textContent !== value) label.textContent = value; },
  };
}
