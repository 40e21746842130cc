import { call, Problem, Unreachable } from "../api.js";
import { button, h } from "../dom.js";
import { moment } from "../format.js";
import { explain, language, locale, t } from "../texts.js";
import { allowAgain, announce, focusHeading } from "./page.js";

// Consent: what the candidate is asked to agree to, in the server's words, and
// what they chose. Every choice stands for itself and none is made for them.

const NEEDS_VIDEO = ["RECORDING", "TRANSCRIPTION"];

/** The choices of one interview. */
export class Consent {
  #address;
  #purposes;
  #ask;

  /** Of the texts; a choice counts for one version only. */
  version = null;
  locale = null;
  /** [{purpose, text, required, receipt: {granted, givenAt} | null}], in the server's order */
  items = [];

  /**
   * @param onVideo whether any question is answered on video; else nothing is recorded or transcribed
   * @param ask what the server is asked with
   */
  constructor(address, { onVideo, ask = call }) {
    this.#address = address;
    this.#ask = ask;
    this.#purposes = (purpose) => onVideo || !NEEDS_VIDEO.includes(purpose);
  }

  async load() {
    const shown = await this.#ask("GET", `${this.#address}/consent?locale=${language}`);
    this.#take(shown);
    this.version = shown.version;
    this.locale = shown.locale;
  }

  /** Keeps a choice for every item: purpose → whether it is granted. */
  async choose(choices) {
    const { receipts } = await this.#ask("POST", `${this.#address}/consent`, {
      version: this.version, locale: this.locale,
      choices: this.items.map(({ purpose }) => ({ purpose, granted: choices.get(purpose) })),
    });
    this.#take({ version: this.version, items: this.items, receipts });
  }

  /** `true`, `false`, or `null` while nothing was chosen for these texts. */
  granted(purpose) {
    return this.items.find((item) => item.purpose === purpose)?.receipt?.granted ?? null;
  }

  /** Whether every choice was made. */
  get complete() {
    return this.items.every(({ receipt }) => receipt !== null);
  }

  /** Whether something was refused without which the interview cannot be taken here. */
  get preventing() {
    return this.items.some(({ required, receipt }) => required && receipt?.granted === false);
  }

  #take({ version, items, receipts }) {
    // Of several choices for one purpose the last counts.
    const newest = new Map(receipts.filter((receipt) => receipt.version === version)
      .map((receipt) => [receipt.purpose, receipt]));
    this.items = items.filter(({ purpose }) => this.#purposes(purpose))
      .map(({ purpose, text, required }) => ({ purpose, text, required, receipt: newest.get(purpose) ?? null }));
  }
}

/**
 * Asks for the choices, or shows them to be changed.
 *
 * @param then {chosen(), back(), fail(error)}
 */
export function consentScreen(consent, then) {
  const body = h("div", { class: "consent column narrow" });
  draw(body, consent, then, null);
  return { state: "consent", title: t("consent.screen"), content: [body] };
}

function draw(body, consent, then, notice) {
  const chosen = new Map(consent.items.filter(({ receipt }) => receipt).map(({ purpose, receipt }) => [purpose, receipt.granted]));
  const failure = h("p", { class: "notice bad", role: "alert", id: "consent-failure", hidden: true });
  const save = button(t("consent.save"), { id: "save-choices", class: "primary large", type: "submit" });
  const groups = consent.items.map((item) => choice(item, chosen, () => groups.forEach(({ update }) => update())));
  const submit = (event) => {
    event.preventDefault();
    const open = groups.find(({ purpose }) => !chosen.has(purpose));
    failure.hidden = !open;
    if (open) {
      failure.textContent = t("consent.missing");
      return open.focus();
    }
    keep(consent, chosen, { save, failure, then, again: () => redraw(body, consent, then) });
  };
  body.replaceChildren(
    h("div", { class: "opening" },
      h("h1", {}, t("consent.title")),
      h("p", { class: "lead" }, t("consent.lead"))),
    notice ?? "",
    h("form", { class: "consent-form", novalidate: true, onsubmit: submit },
      groups.map(({ element }) => element),
      failure,
      h("div", { class: "actions dock" }, save,
        button(t("check.back"), { id: "back", class: "quiet large", onclick: then.back }),
        h("span", { class: "muted small" }, t("consent.saveNote")))));
}

// One purpose: its text and two answers of equal weight.
function choice({ purpose, text, required, receipt }, chosen, changed) {
  const remark = h("p", { class: "small remark", role: "status" });
  const option = (granted, label) => h("label", { class: "option" },
    h("input", {
      type: "radio", name: purpose, value: granted ? "agree" : "decline", checked: chosen.get(purpose) === granted,
      onchange: () => { chosen.set(purpose, granted); changed(); },
    }),
    t(label));
  const update = () => {
    const words = remarkOn(purpose, chosen);
    if (remark.textContent !== words) remark.textContent = words;
  };
  const element = h("fieldset", { class: "purpose card padded", id: `purpose-${purpose}` },
    h("legend", {}, h("h2", {}, t(`consent.${purpose}.title`)),
      required && h("span", { class: "badge" }, t("consent.required"))),
    h("p", { class: "words" }, text),
    h("div", { class: "pair" }, option(true, "consent.agree"), option(false, "consent.decline")),
    receipt && h("p", { class: "muted small" }, t("consent.given", { time: moment(receipt.givenAt, locale) })),
    remark);
  update();
  return { purpose, element, update, focus: () => element.querySelector("input").focus() };
}

// What the choice means for the candidate, where that needs saying.
function remarkOn(purpose, chosen) {
  if (chosen.get(purpose) === false) return t(`consent.${purpose}.declined`);
  const empty = purpose === "ANALYSIS" && chosen.get("ANALYSIS") && chosen.get("TRANSCRIPTION") === false;
  return empty ? t("consent.ANALYSIS.empty") : "";
}

async function keep(consent, chosen, { save, failure, then, again }) {
  const { version } = consent;
  save.disabled = true;
  try {
    await consent.choose(chosen).catch(async (error) => {
      if (error.status === 409) await consent.load();
      throw error;
    });
    then.chosen();
  } catch (error) {
    // Texts that changed while they were read: what was chosen does not count for the new ones.
    if (consent.version !== version) return again();
    if (error instanceof Problem && [401, 409, 410].includes(error.status)) return then.fail(error);
    if (!(error instanceof Unreachable) && !(error instanceof Problem)) throw error;
    failure.textContent = error instanceof Unreachable ? t("consent.offline") : t("consent.failed", { message: explain(error) });
    failure.hidden = false;
    allowAgain(save);
  }
}

function redraw(body, consent, then) {
  draw(body, consent, then, h("p", { class: "notice caution", id: "consent-changed" }, t("consent.changed")));
  focusHeading();
  announce(t("consent.changed"));
}
