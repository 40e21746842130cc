import { button, h } from "../dom.js";

// One message at the foot of the page, with a way back while there is one.

const SECONDS = 15;
let place = null;
let timer = null;

/**
 * Says what was done. With `undo` there is a button for it; the message stays while it is pointed at
 * or focused, and goes by itself after a quarter of a minute.
 */
export function toast(text, undo = null) {
  if (!place) {
    place = h("div", { class: "toast", id: "toast", role: "status" });
    for (const event of ["pointerenter", "focusin"]) place.addEventListener(event, () => clearTimeout(timer));
    for (const event of ["pointerleave", "focusout"]) place.addEventListener(event, hideLater);
    document.body.append(place);
  }
  place.replaceChildren(
    h("span", {}, text),
    ...(undo ? [button("Undo", { class: "quiet", id: "undo", onclick: () => { hide(); undo(); } })] : []),
    button("Dismiss", { class: "quiet", onclick: hide }));
  hideLater();
}

function hideLater() {
  clearTimeout(timer);
  timer = setTimeout(hide, SECONDS * 1000);
}

function hide() {
  clearTimeout(timer);
  place?.replaceChildren();
}
