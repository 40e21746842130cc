import { button, h, icon } from "../dom.js";
import { noLedger } from "../ledger.js";
import { t } from "../texts.js";
import { beginButton } from "./begin-button.js";
import { leaveFullscreen } from "./devices.js";
import { show } from "./page.js";
import { QuestionScreen } from "./question.js";

const THINK_SECONDS = 10;
const ANSWER_SECONDS = 30;

/**
 * A question to practise with: the real screen with a session of its own, in
 * which nothing is stored, sent or watched.
 *
 * @param then {begin(): a sentence if it did not work, check(): back to the devices}
 */
export function offerPractice(session, then) {
  offer(session, then, ["practice.title", "practice.lead"], rules(), (begin) => [
    button(t("practice.try"), { id: "practise", class: "primary large", onclick: () => practise(session, then) }),
    plain(begin.element, t("practice.skip")), ...last(then, begin)]);
}

/** Begins without asking whether. */
export function practise(session, then) {
  const end = async () => {
    await leaveFullscreen();
    offer(session, then, ["practice.doneTitle", "practice.doneLead"], null, (begin) => [
      begin.element,
      button(t("practice.again"), { id: "practise", class: "large", onclick: () => practise(session, then) }, "retake"),
      ...last(then, begin)]);
  };
  const question = { id: "practice", position: 1, content: t("practice.question"), type: "BEHAVIORAL" };
  new QuestionScreen(rehearsal(session, end), question, { deviceFault: then.check }).open();
}

function offer(session, then, [title, lead], details, actions) {
  const begin = beginButton(session, then.begin);
  show({
    state: "practice",
    title: t("practice.screen"),
    content: [h("div", { class: "column narrow" },
      h("div", { class: "opening" }, h("h1", {}, t(title)), h("p", { class: "lead" }, t(lead))),
      details,
      h("div", { class: "actions dock" }, actions(begin)))],
  });
}

function rules() {
  return h("ul", { class: "assurances card padded" },
    ["time", "retakes", "nothing"].map((key) => h("li", {}, icon("check"), h("span", {},
      t(`practice.${key}`, { think: THINK_SECONDS, answer: ANSWER_SECONDS })))));
}

const last = (then, begin) => [button(t("check.back"), { class: "quiet large", onclick: then.check }), begin.note];

// The same button where it is not the first choice.
function plain(element, label) {
  element.classList.remove("primary");
  element.replaceChildren(label);
  return element;
}

// A session in which a question does everything but count.
function rehearsal(session, end) {
  return {
    ...session,
    interview: {
      ...session.interview, thinkTimeSeconds: THINK_SECONDS, timeLimitSeconds: ANSWER_SECONDS,
      retakesAllowed: Infinity,
    },
    answers: new Map(),
    ledger: noLedger,
    isLate: () => false,
    captures: { lasting: false, begin: ({ mimeType }) => new PassingTake(mimeType) },
    monitor: { watch() {}, report() {}, stop() {} },
    practice: {
      title: t("practice.screen"),
      label: () => h("p", { class: "practice-label" }, h("span", { class: "badge accent" }, t("practice.label")),
        button(t("practice.leave"), { id: "leave-practice", class: "quiet", onclick: end })),
      retakes: t("practice.retakes"),
      use: t("practice.use"),
      end,
    },
  };
}

/** A take that lives in memory until it is looked at. */
class PassingTake {
  onprogress = () => {};
  #chunks = [];
  #type;

  constructor(type) {
    this.#type = type;
  }

  add(chunk) {
    this.#chunks.push(chunk);
  }

  async stopped() {}

  get blob() {
    return new Blob(this.#chunks, { type: this.#type });
  }

  playback() {
    return URL.createObjectURL(this.blob);
  }

  discard() {
    this.#chunks = [];
  }
}
