import { h } from "../dom.js";
import { moment } from "../format.js";
import { choice } from "./monitoring-facts.js";

const PURPOSES = { RECORDING: "Recording", TRANSCRIPTION: "Transcription by AI", ANALYSIS: "Analysis by AI", MONITORING: "Monitoring" };
const language = new Intl.DisplayNames("en", { type: "language" });

/** What the candidate agreed to and what not, when, and to which text. */
export function consentView({ consents }, open) {
  const declined = Object.keys(PURPOSES).filter((purpose) => choice(consents, purpose)?.granted === false).length;
  const state = consents.length === 0 ? "not asked here" : declined > 0 ? `${declined} declined` : "all agreed";
  return h("details", { class: "consents", id: "consents", open },
    h("summary", {}, "Consent", h("span", { class: "muted small" }, state)),
    consents.length === 0
      ? h("p", { class: "small muted" }, "The candidate made no choice on this site: whoever sent the invitation has asked for consent elsewhere.")
      : h("dl", {}, Object.entries(PURPOSES).map(([purpose, label]) => purposeView(label, consents.filter((each) => each.purpose === purpose)))),
    declined > 0 && h("p", { class: "small muted" }, "Declining is the candidate’s right. No disadvantage may follow from it."));
}

function purposeView(label, receipts) {
  return h("div", {}, h("dt", {}, label), receipts.length === 0
    ? h("dd", { class: "muted small" }, "No choice")
    : [...receipts].reverse().map((receipt, index) => h("dd", { class: index > 0 ? "muted small" : "" }, chosen(receipt, index > 0))));
}

function chosen({ granted, version, locale, textHash, givenAt }, isEarlier) {
  return [
    `${isEarlier ? "Before: " : ""}${granted ? "Agreed" : "Declined"}, `, h("time", { datetime: givenAt }, moment(givenAt)),
    h("span", { class: "muted small text", title: `SHA-256 of the text: ${textHash}` },
      `Text of ${version} in ${language.of(locale)}, ${textHash.slice(0, 12)}…`),
  ];
}
