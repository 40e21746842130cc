import { button, h } from "../dom.js";
import { t } from "../texts.js";
import { canFullscreen, enterFullscreen } from "./devices.js";

/** Shown when fullscreen was left while recording; the recording waits. */
export class PauseDialog {
  #actions;
  #element = null;

  /** @param actions {resume(), finish()} */
  constructor(actions) {
    this.#actions = actions;
  }

  open() {
    const refused = h("p", { class: "notice caution", role: "status", hidden: canFullscreen() }, t("pause.refused"));
    const without = button(t("pause.without"), {
      id: "continue-without-fullscreen", class: "large", hidden: canFullscreen(), onclick: () => this.#resume(),
    });
    const back = button(t("pause.return"), {
      id: "return-fullscreen", class: "primary large", hidden: !canFullscreen(),
      onclick: async () => {
        if (await enterFullscreen()) return this.#resume();
        refused.hidden = false;
        without.hidden = false;
      },
    });
    this.#element = h("dialog", {
      class: "pause card", id: "pause-dialog", "aria-labelledby": "pause-title",
      // Escape has just left fullscreen; it must not decide more. Browsers let a
      // second Escape through, hence the way back.
      oncancel: (event) => event.preventDefault(),
      onclose: () => this.#element?.showModal(),
    },
    h("h2", { id: "pause-title" }, t("pause.title")),
    h("p", {}, t("pause.text")),
    refused,
    h("div", { class: "actions" }, back, without,
      button(t("pause.finish"), { id: "finish-answer", class: "quiet large", onclick: () => this.#actions.finish() })));
    document.body.append(this.#element);
    this.#element.showModal();
  }

  close() {
    const element = this.#element;
    this.#element = null;
    element?.close();
    element?.remove();
  }

  #resume() {
    this.close();
    this.#actions.resume();
  }
}
