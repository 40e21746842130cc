import { call, Problem, Unreachable } from "../api.js";
import { button, h, icon } from "../dom.js";

// What every recruiter's page does: the way to the other pages, who is signed
// in, signing out, and the faces a page has when its data cannot be shown.

const pages = [
  ["/dashboard", "Dashboard", "dashboard"],
  ["/assessments", "Assessments", "assessments"],
  ["/candidates", "Candidates", "candidates"],
  ["/interviews", "Interviews", "calendar"],
  ["/async-interviews", "Video Interviews", "video"],
  ["/calibration", "Calibration", "calibration"],
  ["/evaluators", "Evaluators", "evaluators"],
  ["/accounts", "Accounts", "accounts"],
  ["/analytics", "Analytics", "analytics"],
  ["/webhooks", "Webhooks", "webhooks"],
  ["/ai", "AI engines", "engines"],
  ["/deletions", "Deletions", "remove"],
];

const isHere = (address) => location.pathname === address || location.pathname.startsWith(`${address}/`);
const here = pages.find(([address]) => isHere(address)) ?? pages[0];

const main = document.querySelector("main");
const sidebar = document.querySelector(".sidebar");
const nav = document.querySelector("#main-nav");
const account = sidebar.querySelector(".account");

function link([address, label, drawing]) {
  return h("a", {
    href: address, class: "nav-link", title: label,
    "aria-current": location.pathname === address ? "page" : isHere(address) ? "true" : null,
  }, icon(drawing), h("span", {}, label));
}

nav.replaceChildren(...pages.map(link));
account.prepend(link(["/docs", "API reference", "docs"]));

// On a phone the sidebar is a bar, and what is in it unfolds below.
const menu = button(h("span", {}, "Menu"), { id: "menu", class: "quiet", "aria-expanded": "false", "aria-controls": nav.id }, "menu");
nav.before(menu);

function unfold(isOpen) {
  sidebar.classList.toggle("open", isOpen);
  menu.setAttribute("aria-expanded", String(isOpen));
}

menu.addEventListener("click", () => unfold(!sidebar.classList.contains("open")));
sidebar.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !sidebar.classList.contains("open")) return;
  unfold(false);
  menu.focus();
});
document.addEventListener("click", (event) => { if (!sidebar.contains(event.target)) unfold(false); });
sidebar.addEventListener("focusout", ({ relatedTarget }) => { if (relatedTarget && !sidebar.contains(relatedTarget)) unfold(false); });

document.querySelector("#sign-out").addEventListener("click", async () => {
  try {
    await call("POST", "/api/auth/logout");
  } catch (error) {
    if (error instanceof Unreachable) return showFailure(error, () => location.reload());
    if (!(error instanceof Problem && error.status === 401)) throw error;
  }
  sessionStorage.clear(); // Nothing that was entered stays for whoever signs in next.
  location.assign("/sign-in");
});

/** The signed-in user; sends the browser to sign in if there is none. */
export async function signedIn() {
  const { user } = await call("GET", "/api/auth/profile");
  document.querySelector("#account-name").textContent = user.name;
  document.querySelector("#account-organization").textContent = user.organization.name;
  return user;
}

/** Shows the page's content. */
export function showContent(...content) {
  main.dataset.state = "ready";
  main.removeAttribute("aria-busy");
  main.replaceChildren(...content);
}

/** Shows why there is nothing to see, and a way on. */
export function showFailure(error, again) {
  if (error instanceof Problem && error.status === 401) {
    const next = encodeURIComponent(location.pathname + location.search);
    return location.replace(`/sign-in?next=${next}`);
  }
  main.dataset.state = error instanceof Unreachable ? "offline" : "error";
  main.removeAttribute("aria-busy");
  main.replaceChildren(face(error, again));
  if (!(error instanceof Problem || error instanceof Unreachable)) throw error;
}

function face(error, again) {
  const isMissing = error.status === 404;
  const [drawing, title, text] = error instanceof Unreachable
    ? ["offline", "No connection", "The server cannot be reached. Check your network; nothing you saved is lost."]
    : isMissing
      ? ["question", "There is nothing here", "What you are looking for does not exist, or it belongs to another organisation."]
      : ["warning", "This could not be loaded", error.message];
  const [address, label] = here;
  return h("div", { class: "face", role: "alert" }, icon(drawing), h("h1", {}, title), h("p", {}, text), isMissing
    ? h("a", { class: "button primary", href: address }, `To ${label}`)
    : button("Try again", { id: "try-again", class: "primary", onclick: again }));
}
