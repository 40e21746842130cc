import { button, h } from "../dom.js";

const STAYS_MS = 10_000;

let shown = null;

/**
 * Says below the page what was done, and for a while offers to undo it:
 * `toast("Question 2 was removed.", () => { … })`. One is shown at a time;
 * it stays while it has the focus or the pointer.
 */
export function toast(text, undo = null) {
  shown?.close();
  const element = h("div", { class: "toast", id: "toast" }, h("span", {}, text));
  let timer = null;
  const one = {
    close() {
      clearTimeout(timer);
      element.remove();
      if (shown === one) shown = null;
    },
  };
  const wait = () => { clearTimeout(timer); timer = setTimeout(one.close, STAYS_MS); };
  if (undo) element.append(button("Undo", { id: "undo", onclick: () => { one.close(); undo(); } }));
  element.append(button("", { class: "quiet", "aria-label": "Dismiss", onclick: one.close }, "close"));
  for (const event of ["pointerenter", "focusin"]) element.addEventListener(event, () => clearTimeout(timer));
  for (const event of ["pointerleave", "focusout"]) element.addEventListener(event, wait);
  // A live region speaks of what changes in it: it has to be there before.
  region().append(element);
  shown = one;
  wait();
}

function region() {
  let found = document.querySelector("#toasts");
  if (!found) {
    found = h("div", { id: "toasts", "aria-live": "polite" });
    document.body.append(found);
  }
  return found;
}
