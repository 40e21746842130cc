import { h } from "../dom.js";
import { language, languages, locale, t } from "../texts.js";

// The frame around every candidate screen: what is shown, where the focus is,
// what a screen reader is told. `data-state` of <main> names the screen.

const main = document.querySelector("main");
const announcer = document.querySelector("#announcer");
const organization = document.querySelector("#organization");
const progress = document.querySelector("#progress");
let foot = document.querySelector(".foot");
let leaveCurrent = null;

document.documentElement.lang = locale;
document.documentElement.dir = languages[language].direction;
for (const element of document.querySelectorAll("[data-text]")) element.textContent = t(element.dataset.text);
const languageSwitch = document.querySelector("#languages");
languageSwitch.setAttribute("aria-label", t("page.languages"));
languageSwitch.replaceChildren(...Object.entries(languages).map(([code, { name }]) => h("a", {
  // The choice lives in the address alone, so that nothing is kept on the device.
  href: `?lang=${code}`, lang: code, hreflang: code, "aria-current": code === language ? "true" : null,
}, name)));

/**
 * Replaces the screen and moves the focus to its heading.
 *
 * @param screen {state, title, content: [Node], leave?: called when it goes}
 */
export function show({ state, title, content, leave = null }) {
  leaveCurrent?.();
  leaveCurrent = leave;
  setState(state);
  document.title = organization.textContent
    ? t("page.title", { screen: title, organization: organization.textContent })
    : title;
  main.replaceChildren(...content);
  // The foot ends a screen; the next one has its own, instead of this one moving.
  const next = foot.cloneNode(true);
  foot.replaceWith(next);
  foot = next;
  focusHeading();
}

/** Names the state within a screen. */
export function setState(state) {
  main.dataset.state = state;
}

/** Puts the reader at the heading of what is new. */
export function focusHeading() {
  const heading = main.querySelector("h1");
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

/**
 * Follows whether the focus was last within an element, also when what had it is gone or disabled by now.
 *
 * @param signal ends it
 * @returns to be called when the content was replaced: puts a focus that was there on the new first thing to do
 */
export function followFocus(element, signal) {
  let isWithin = false;
  document.addEventListener("focusin", ({ target }) => { isWithin = element.contains(target); }, { signal });
  return () => { if (isWithin) element.querySelector("[data-first]")?.focus(); };
}

/** Allows a button again that was disabled while its work ran, and gives back the focus that it lost by that. */
export function allowAgain(button) {
  button.disabled = false;
  if (document.activeElement === document.body) button.focus();
}

// The second half of a double click, and a key that is held down, would press what has taken the button's place.
document.addEventListener("click", (event) => {
  if (event.detail > 1 && event.target.closest("button")) event.stopImmediatePropagation();
}, { capture: true });
document.addEventListener("keydown", (event) => {
  if (event.repeat && event.key === "Enter" && event.target.closest("button")) event.preventDefault();
}, { capture: true });

/** Says a change aloud; the same text twice in a row is said twice. */
export function announce(text) {
  announcer.textContent = "";
  setTimeout(() => { announcer.textContent = text; }, 50);
}

export function nameOrganization(name) {
  organization.textContent = name;
}

/** "Question 2 of 5", with a mark for each question; `null` takes it away. */
export function showProgress(position, count) {
  progress.replaceChildren();
  if (position === null) return;
  const marks = document.createElement("span");
  marks.className = "marks";
  marks.setAttribute("aria-hidden", "true");
  for (let index = 1; index <= count; index += 1) {
    const mark = document.createElement("span");
    mark.className = index < position ? "done" : index === position ? "now" : "";
    marks.append(mark);
  }
  progress.append(t("page.progress", { number: position, count }), marks);
}

/** The address shows the place in the flow; there is nothing to go back to. */
export function setPath(path) {
  const base = location.pathname.split("/").slice(0, 3).join("/");
  history.replaceState(null, "", base + path + location.search);
}

function warn(event) {
  event.preventDefault();
}

/** While `true`, the browser asks before the page is closed. */
export function guardLeaving(unsafe) {
  if (unsafe) window.addEventListener("beforeunload", warn);
  else window.removeEventListener("beforeunload", warn);
}
