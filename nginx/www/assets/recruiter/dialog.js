import { button, h } from "../dom.js";

/**
 * Opens a dialog that is gone from the page once it is closed.
 *
 * @param content nodes, or a function of `close` that makes them
 * @returns the dialog
 */
export function openDialog(id, title, content, { wide = false } = {}) {
  const dialog = h("dialog", {
    class: `card dialog ${wide ? "wide" : ""}`, id, "aria-labelledby": `${id}-title`, onclose: () => dialog.remove(),
  }, h("h2", { id: `${id}-title` }, title));
  dialog.append(...[typeof content === "function" ? content(() => dialog.close()) : content].flat());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** The buttons at a dialog's foot. */
export function dialogActions(close, ...buttons) {
  return h("div", { class: "actions" }, ...buttons, button("Cancel", { class: "quiet", onclick: close }));
}
