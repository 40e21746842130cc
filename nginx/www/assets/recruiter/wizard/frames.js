import { button, h } from "../../dom.js";

// Other people's pages within this one: a message as a mail program shows it, and
// the interview as its candidate sees it. Neither can reach anything: see the
// headers of /preview/… in nginx.conf.

/** A message in its two forms. */
export function mailFrame({ html, text }) {
  const frame = h("iframe", { class: "frame mail", id: "mail-frame", title: "The invitation as it looks in a mail program", src: "/preview/mail", sandbox: "allow-same-origin" });
  // Parsed without running, and shown where no script may run.
  frame.addEventListener("load", () => {
    const page = frame.contentDocument;
    const message = new page.defaultView.DOMParser().parseFromString(html, "text/html");
    page.replaceChild(page.adoptNode(message.documentElement), page.documentElement);
  });
  const plain = h("pre", { class: "frame mail", id: "mail-text", tabindex: "0", "aria-label": "The invitation as plain text", hidden: true }, text);
  return [
    switches("Form of the message", [["html", "Formatted"], ["text", "Plain text"]], (form) => { frame.hidden = form !== "html"; plain.hidden = form !== "text"; }),
    frame, plain,
  ];
}

/** The candidate's page, from its own code. */
export function interviewFrame(interview, consents) {
  const frame = h("iframe", { class: "frame interview", id: "interview-frame", title: "The interview as the candidate sees it", src: "/preview/interview", sandbox: "allow-scripts allow-same-origin allow-forms" });
  const before = document.activeElement;
  let isNew = true;
  const answer = ({ source, origin, data }) => {
    if (!frame.isConnected) return window.removeEventListener("message", answer);
    if (source !== frame.contentWindow || origin !== location.origin) return;
    if (data === "ready") source.postMessage({ interview, consents }, location.origin);
    // The page puts its reader at its heading; the one who only previews it stays where they are.
    if (data === "shown" && isNew && document.activeElement === frame) before?.focus({ preventScroll: true });
    if (data === "shown") isNew = false;
  };
  window.addEventListener("message", answer);
  return [
    switches("Width of the page", [["wide", "Computer"], ["narrow", "Phone"]], (width) => frame.classList.toggle("narrow", width === "narrow")),
    frame,
  ];
}

// A few ways to look at something, one at a time.
function switches(label, ways, choose) {
  const buttons = ways.map(([value, words], index) => button(words, {
    class: "quiet", "aria-pressed": String(index === 0),
    onclick: ({ currentTarget }) => {
      for (const each of buttons) each.setAttribute("aria-pressed", String(each === currentTarget));
      choose(value);
    },
  }));
  return h("div", { class: "switches", role: "group", "aria-label": label }, buttons);
}
