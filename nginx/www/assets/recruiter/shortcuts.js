import { button, h } from "../dom.js";
import { actionFor, listing } from "./keys.js";

// Keyboard shortcuts of a page, with their help on "?". They can be switched off there: who dictates
// or rests a hand on the keyboard sets them off by accident (WCAG 2.1.4).

const STORED = "parley-shortcuts";
let all = {};

/**
 * Adds shortcuts: `shortcuts({ j: ["Next interview", () => …] })`. A label given to several keys is
 * listed once. Returns a function that takes them away again.
 */
export function shortcuts(keys) {
  all = { ...all, ...keys };
  return () => { all = Object.fromEntries(Object.entries(all).filter(([key, shortcut]) => keys[key] !== shortcut)); };
}

/** A button that opens the help, for whoever does not know of "?". */
export function shortcutsButton() {
  return button("Shortcuts", { class: "quiet shortcuts-button", title: "Keyboard shortcuts (?)", "aria-haspopup": "dialog", onclick: openShortcuts });
}

/** Opens the help. */
export function openShortcuts() {
  if (document.querySelector("#shortcuts")) return;
  const rows = listing({ ...all, "?": ["Show the shortcuts", openShortcuts] });
  const dialog = h("dialog", { class: "card shortcuts", id: "shortcuts", "aria-labelledby": "shortcuts-title", onclose: () => dialog.remove() },
    h("h2", { id: "shortcuts-title" }, "Keyboard shortcuts"),
    h("dl", {}, rows.map(({ label, keys }) => h("div", {}, h("dt", {}, label), h("dd", {}, keys.map((key) => h("kbd", {}, key)))))),
    h("label", { class: "small" },
      h("input", { type: "checkbox", checked: areOn(), onchange: (event) => localStorage.setItem(STORED, event.target.checked ? "on" : "off") }),
      " Use these shortcuts in this browser"),
    button("Close", { onclick: () => dialog.close() }));
  document.body.append(dialog);
  dialog.showModal();
}

function areOn() {
  return localStorage.getItem(STORED) !== "off";
}

document.addEventListener("keydown", (event) => {
  const action = actionFor(event, { ...all, "?": [null, openShortcuts] });
  if (!action || !(areOn() || action === openShortcuts)) return;
  event.preventDefault();
  action(event);
});
