import { button, h } from "../dom.js";

const SHOWN_MS = 10_000;

/**
 * Says what was done, for a while, with a way to take it back.
 *
 * @param undo called at most once; null when it cannot be taken back
 */
export function toast(words, undo = null) {
  for (const old of document.querySelectorAll(".toast")) old.remove();
  const element = h("div", { class: "toast", role: "status" }, h("span", {}, words),
    undo && button("Undo", { id: "undo", onclick: () => { element.remove(); undo(); } }));
  document.body.append(element);
  setTimeout(() => element.remove(), SHOWN_MS);
}
