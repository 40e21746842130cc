import { h } from "../dom.js";
import { bytes } from "../format.js";
import { codeBlock, heading } from "./blocks.js";
import { curl } from "./curl.js";
import { rows, ruleOf, typeOf } from "./schema.js";

/** One route: what it does, who may call it, what it takes and answers, with the example that a test runs. */
export function routeView(route) {
  const { id, method, path, summary, callerWords } = route;
  return h("article", { class: "route", id: `route-${id}`, "aria-labelledby": id },
    h("div", { class: "words" },
      heading(3, id, summary),
      h("p", { class: "address" }, h("span", { class: `method ${method.toLowerCase()}` }, method), h("code", {}, path)),
      h("p", { class: "muted small" }, `For ${callerWords}.`),
      takes(route), answers(route), refusals(route)),
    h("div", { class: "examples" }, examples(route)));
}

function takes({ id, parameters, schema, maxBytes }) {
  const lines = parameters.map(({ name, in: place, required, schema }) => ({
    name, depth: 0, type: typeOf(schema), rule: ruleOf(schema), isRequired: required, note: schema.description ?? "", place,
  }));
  const inAddress = lines.filter(({ place }) => place !== "header");
  return [
    lines.some(({ name }) => name === "Idempotency-Key") && h("p", { class: "small" }, "Can be ", h("a", { href: "#idempotency" }, "sent again"), " under an ", h("code", {}, "Idempotency-Key"), "."),
    inAddress.length > 0 && fields("In the address", inAddress, `${id}-address`),
    schema && fields("In the body", rows(schema), `${id}-body`, maxBytes && `JSON, at most ${bytes(maxBytes)}.`),
  ];
}

/** A list of fields (lines as of `rows`), below a heading. */
export function fields(title, list, id, note, level = 4) {
  return h("section", {}, h(`h${level}`, { id }, title), note && h("p", { class: "muted small" }, note),
    h("ul", { class: "fields", "aria-labelledby": id }, list.map(field)));
}

function field({ name, depth, type, rule, isRequired, note, place }) {
  const item = h("li", {},
    h("div", {}, h("code", {}, name), place && place !== "path" && h("span", { class: "muted small" }, " query"),
      isRequired && h("span", { class: "required small" }, "required")),
    h("div", { class: "small" }, type, rule && h("span", { class: "muted" }, ` · ${rule}`), note && h("p", { class: "muted" }, note)));
  item.style.setProperty("--depth", depth);
  return item;
}

function answers({ id, status, media, answerSchema }) {
  const kind = media === null ? "without a body" : media === "application/json" ? "with JSON" : `with ${media.split(";")[0]}`;
  const list = answerSchema ? rows(elements(answerSchema)) : [];
  // Made when they are asked for: most of the page would be these.
  const ofAnswer = () => h("ul", { class: "fields", "aria-label": `Fields of the answer of ${id}` }, list.map((row) => field({ ...row, isRequired: false })));
  return h("section", {}, h("h4", {}, "Answer"), h("p", { class: "small" }, h("span", { class: "badge good" }, status), ` ${kind}`),
    list.length > 0 && h("details", { ontoggle: ({ target }) => { if (target.childElementCount === 1) target.append(ofAnswer()); } },
      h("summary", { class: "small" }, `Its ${list.length} fields`)));
}

function elements(schema) {
  return schema.type === "array" ? schema.items : schema;
}

function refusals({ failures }) {
  return h("section", {}, h("h4", {}, "Refusals"), h("ul", { class: "refusals small" }, failures.map(({ status, codes }) => h("li", {},
    h("span", { class: "figures" }, status), " ", codes.map((code) => h("a", { href: `#${code}` }, h("code", {}, code)))))));
}

function examples(route) {
  const shown = [];
  if (route.caller === "service") {
    if (route.body) shown.push(codeBlock("The event’s data", JSON.stringify(route.body, null, 2), `${route.id}-data`));
  } else {
    shown.push(codeBlock("Request", curl(route, location.origin), `${route.id}-curl`));
  }
  if (route.answer !== undefined) {
    const text = route.media === "application/json" ? JSON.stringify(route.answer, null, 2) : route.answer;
    shown.push(codeBlock(`Answer, ${route.status}`, text, `${route.id}-answer`));
  }
  return shown;
}
