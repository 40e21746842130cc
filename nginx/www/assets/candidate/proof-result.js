import { h, icon } from "../dom.js";
import { bytes, percent } from "../format.js";
import { explain, locale, t } from "../texts.js";
import { PROOF_SECONDS } from "./proof.js";

const OF_PICTURE = ["NO_PICTURE", "DARK"];
const OF_SOUND = ["NO_SOUND", "QUIET"];

const decimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });

/**
 * What a test showed, in plain words, each problem with a way out.
 *
 * @param result {verdict, size: bytes, seconds: of the upload}
 */
export function verdictView({ verdict, size, seconds }) {
  const { problems } = verdict;
  const first = (codes) => problems.find((code) => codes.includes(code));
  const readable = !problems.includes("UNREADABLE");
  return view(problems.length === 0 ? "proof.passed" : "proof.problems", [
    readable && finding(first(OF_PICTURE), t("proof.picture", { width: verdict.video?.width, height: verdict.video?.height }), pictureFigures(verdict.video)),
    readable && finding(first(OF_SOUND), t("proof.sound"), soundFigures(verdict.audio)),
    ...problems.filter((code) => !OF_PICTURE.includes(code) && !OF_SOUND.includes(code)).map((code) => finding(code)),
    arrival(size, seconds),
  ]);
}

/** Why a test has no verdict: a `ProofFault`. */
export function faultView({ reason, cause }) {
  const message = cause ? explain(cause) : "";
  return view(`proof.${reason}.title`, [
    h("p", {}, t(`proof.${reason}.way`, { message })),
  ], "warning");
}

function view(title, content, drawing = null) {
  return h("section", { class: "proof card padded", "aria-labelledby": "proof-title" },
    h("h2", { id: "proof-title", tabindex: "-1" }, drawing && icon(drawing), t(title)),
    h("div", { class: "findings" }, content));
}

function finding(problem, good = "", figures = null) {
  return h("div", { class: `finding ${problem ? "caution" : "good"}`, "data-problem": problem ?? null },
    icon(problem ? "warning" : "check"),
    h("div", {},
      h("p", {}, h("b", {}, problem ? t(`proof.${problem}.title`) : good)),
      problem && h("p", {}, t(`proof.${problem}.way`)),
      figures && h("p", { class: "muted small figures" }, figures)));
}

// Sending may not take much longer than recording, or answers queue up.
function arrival(size, seconds) {
  const slow = seconds > PROOF_SECONDS;
  return h("div", { class: `finding ${slow ? "caution" : "good"}` },
    icon(slow ? "clock" : "check"),
    h("div", {},
      h("p", {}, h("b", {}, t(slow ? "proof.slow" : "proof.arrived"))),
      slow && h("p", {}, t("proof.slowWay")),
      h("p", { class: "muted small figures" }, t("proof.arrival", {
        size: bytes(size, locale), seconds: decimal.format(Math.max(0.1, seconds)) }))));
}

function pictureFigures(video) {
  return video && t("proof.pictureFigures", {
    rate: whole.format(video.framesPerSecond),
    brightness: percent(Math.round(video.brightness * 100) / 100, locale),
  });
}

function soundFigures(audio) {
  return audio && t("proof.soundFigures", {
    loudness: whole.format(audio.loudnessDecibels), peak: whole.format(audio.peakDecibels),
  });
}
