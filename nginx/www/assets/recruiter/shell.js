import { call, Problem, Unreachable } from "../api.js";
import { button, h, icon } from "../dom.js";

// What every recruiter's page does: the way to the other pages, who is signed
// in, signing out, and the faces a page has when its data cannot be shown.

const pages = [
  ["/dashboard", "Dashboard", "dashboard"],
  ["/assessments", "Assessments", "assessments"],
  ["/candidates", "Candidates", "candidates"],
  ["/async-interviews", "Video Interviews", "video"],
  ["/calibration", "Calibration", "calibration"],
  ["/evaluators", "Evaluators", "evaluators"],
  ["/webhooks", "Webhooks", "webhooks"],
];

const main = document.querySelector("main");

document.querySelector("#main-nav").replaceChildren(...pages.map(([address, label, drawing]) => h("a", {
  href: address, class: "nav-link",
  "aria-current": location.pathname === address ? "page" : location.pathname.startsWith(`${address}/`) ? "true" : null,
}, icon(drawing), h("span", {}, label))));

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
  const retry = button("Try again", { id: "try-again", class: "primary", onclick: again });
  const [drawing, title, text] = error instanceof Unreachable
    ? ["offline", "No connection", "The server cannot be reached. Check your network; nothing you saved is lost."]
    : error.status === 404
      ? ["question", "There is nothing here", "What this address names does not exist, or it belongs to another organisation."]
      : ["warning", "This could not be loaded", error.message];
  return h("div", { class: "face", role: "alert" }, icon(drawing), h("h1", {}, title), h("p", {}, text),
    error.status === 404 ? h("a", { class: "button primary", href: `/${location.pathname.split("/")[1]}` }, "To the list") : retry);
}
