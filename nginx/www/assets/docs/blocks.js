import { button, h } from "../dom.js";

/** A heading that can be linked to. */
export function heading(level, id, text) {
  return h(`h${level}`, { id, tabindex: "-1" }, text, h("a", { class: "anchor", href: `#${id}`, "aria-label": `Link to “${text}”` }, "#"));
}

/** Code with a button that copies it. */
export function codeBlock(title, code, id) {
  const text = h("pre", { tabindex: "0", role: "group", "aria-labelledby": `${id}-title` }, h("code", {}, code));
  const said = h("span", { class: "small", role: "status" });
  const copy = button("Copy", { class: "quiet small", "aria-describedby": `${id}-title`, onclick: async () => {
    try {
      await navigator.clipboard.writeText(code);
      said.textContent = "Copied";
    } catch {
      // Not allowed here, or the address is not a secure one.
      getSelection().selectAllChildren(text);
      said.textContent = "Selected; copy it with your keyboard";
    }
    setTimeout(() => { said.textContent = ""; }, 4000);
  } });
  return h("figure", { class: "code" }, h("figcaption", {}, h("span", { class: "small", id: `${id}-title` }, title), said, copy), text);
}
