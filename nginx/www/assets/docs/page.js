import { call, Unreachable } from "../api.js";
import { button, h, icon } from "../dom.js";
import { shortcuts } from "../recruiter/shortcuts.js";
import { guide } from "./guide.js";
import { areasOf, matches, webhooksOf } from "./routes.js";
import { routeView } from "./route-view.js";
import { heading } from "./blocks.js";

// The API reference, drawn from the installation's own description of itself.
// What is searched for lives in the address.

const main = document.querySelector("main");
const contents = document.querySelector("#contents");
const search = document.querySelector("#search");
const found = document.querySelector("#found");

async function open() {
  let description;
  try {
    description = await call("GET", "/openapi.json", undefined, { cache: "default" });
  } catch (error) {
    return fail(error);
  }
  const areas = areasOf(description);
  const chapters = guide(areas, webhooksOf(description), location.origin);
  main.replaceChildren(
    h("div", { class: "lead" }, h("h1", {}, "API reference"),
      h("p", { class: "muted" }, "Everything that Parley’s own pages do, they do with these routes. Each example is one that a test sends, and that finds these values in the answer; what a test does not compare is filled in with a value of the right form."),
      h("p", {}, h("a", { href: "/openapi.json", class: "button", download: "parley-openapi.json" }, "OpenAPI 3.1 description"))),
    ...chapters.map(({ id, title, content }) => h("section", { class: "chapter", "aria-labelledby": id }, heading(2, id, title), ...content)),
    ...areas.map((area) => h("section", { class: "area", id: `area-${area.name}`, "aria-labelledby": area.name },
      heading(2, area.name, area.title), area.text && h("p", { class: "muted" }, area.text), ...area.routes.map(routeView))),
    h("div", { class: "face", id: "nothing", hidden: true }, icon("question"), h("h2", {}, "No route has all of these words"),
      h("p", { class: "muted" }, "Search for a part of a path, a field’s name or what a route does."),
      button("Show all", { onclick: () => { search.value = ""; filter(areas); search.focus(); } })));
  main.dataset.state = "ready";
  main.removeAttribute("aria-busy");
  contents.replaceChildren(h("h2", {}, "Guide"), h("ul", {}, chapters.map(({ id, title }) => h("li", {}, h("a", { href: `#${id}` }, title)))),
    ...areas.map((area) => h("section", { "data-area": area.name }, h("h2", {}, h("a", { href: `#${area.name}` }, area.title)),
      h("ul", {}, area.routes.map(({ id, method, summary }) => h("li", { "data-route": id },
        h("a", { href: `#${id}` }, h("span", { class: `method ${method.toLowerCase()}` }, method), h("span", {}, summary))))))));
  search.value = new URLSearchParams(location.search).get("q") ?? "";
  search.addEventListener("input", () => filter(areas));
  filter(areas);
  shortcuts({ "/": ["Search", () => search.select()] });
  window.addEventListener("hashchange", goToHash);
  goToHash();
}

function goToHash() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  if (target.closest("[hidden]")) {
    search.value = "";
    search.dispatchEvent(new Event("input"));
  }
  target.scrollIntoView();
  target.focus({ preventScroll: true });
  for (const link of contents.querySelectorAll("a")) link.toggleAttribute("aria-current", link.hash === location.hash);
}

function filter(areas) {
  const words = search.value.trim();
  let count = 0;
  for (const area of areas) {
    const kept = new Set(area.routes.filter((route) => words === "" || matches(route, words)).map(({ id }) => id));
    for (const { id } of area.routes) {
      document.getElementById(`route-${id}`).hidden = !kept.has(id);
      contents.querySelector(`[data-route="${id}"]`).hidden = !kept.has(id);
    }
    document.getElementById(`area-${area.name}`).hidden = kept.size === 0;
    contents.querySelector(`[data-area="${area.name}"]`).hidden = kept.size === 0;
    count += kept.size;
  }
  for (const part of main.querySelectorAll(".chapter, .lead > p")) part.hidden = words !== "";
  document.querySelector("#nothing").hidden = count > 0;
  found.textContent = words === "" ? `${count} routes` : `${count} ${count === 1 ? "route has" : "routes have"} these words`;
  const query = words === "" ? "" : `?q=${encodeURIComponent(words)}`;
  if (query !== location.search) history.replaceState(null, "", `${location.pathname}${query}${location.hash}`);
}

function fail(error) {
  const isOffline = error instanceof Unreachable;
  main.dataset.state = isOffline ? "offline" : "error";
  main.removeAttribute("aria-busy");
  main.replaceChildren(h("div", { class: "face", role: "alert" }, icon(isOffline ? "offline" : "warning"),
    h("h1", {}, isOffline ? "No connection" : "This could not be loaded"), h("p", { class: "muted" }, error.message),
    button("Try again", { class: "primary", id: "try-again", onclick: open })));
}

open();
