import { button, h } from "../dom.js";

/** Shows a mail in both of its forms, as it would be sent now: {to, subject, text, html}. */
export function mailPreview(kind, { to, subject, text, html }) {
  const formatted = h("div", { class: "sheet", tabindex: "0", role: "region", "aria-label": "Formatted" });
  const plain = h("pre", { class: "sheet", tabindex: "0", role: "region", "aria-label": "Plain text", hidden: true }, text);
  const forms = [["Formatted", formatted], ["Plain text", plain]];
  const choose = (chosen) => {
    for (const [index, [, form]] of forms.entries()) {
      form.hidden = form !== chosen;
      choices[index].setAttribute("aria-pressed", String(form === chosen));
    }
  };
  const choices = forms.map(([label, form]) => button(label, { class: "quiet", "aria-pressed": "false", onclick: () => choose(form) }));
  const dialog = h("dialog", { class: "mail-preview", "aria-labelledby": "mail-preview-title", onclose: () => dialog.remove() },
    h("h2", { id: "mail-preview-title" }, `${kind}, as it would be sent now`),
    h("dl", {}, h("dt", {}, "To"), h("dd", {}, to), h("dt", {}, "Subject"), h("dd", {}, subject)),
    h("div", { class: "forms", role: "group", "aria-label": "Form of the mail" }, choices),
    formatted, plain,
    h("div", { class: "actions" }, button("Close", { class: "primary", onclick: () => dialog.close() })));
  draw(formatted, html);
  choose(formatted);
  document.body.append(dialog);
  dialog.showModal();
}

// In a tree of its own, so that the mail's style and the page's do not meet. Its links lead
// nowhere: whoever follows the candidate's would open the interview in their name.
function draw(host, html) {
  // Our own template has one style; parsed with it, the page's policy would complain.
  const [head, rules, rest] = html.split(/<\/?style>/);
  const mail = new DOMParser().parseFromString(head + rest, "text/html");
  const style = new CSSStyleSheet();
  style.replaceSync(rules);
  for (const link of mail.querySelectorAll("a")) link.removeAttribute("href");
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [style];
  root.append(document.adoptNode(mail.body));
}
