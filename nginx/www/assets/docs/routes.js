// The routes of an OpenAPI document, by area.

const CALLERS = {
  recruiter: "whoever is signed in",
  administrator: "administrators who are signed in",
  candidate: "whoever holds the invitation",
  service: "Parley itself, signed",
  anyone: "anyone",
  anonymous: "anyone",
};

/**
 * [{name, title, text, routes: [{id, method, path, summary, caller, callerWords, parameters,
 * schema, body, maxBytes, status, media, answerSchema, answer, failures: [{status, codes}]}]}]
 */
export function areasOf(document) {
  const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ area: operation.tags[0], ...routeOf(path, method.toUpperCase(), operation) })));
  return document.tags.map(({ name, "x-displayName": title, description: text }) => ({
    name, title, text, routes: routes.filter(({ area }) => area === name),
  }));
}

function routeOf(path, method, { operationId, summary, parameters = [], requestBody, responses, "x-caller": access }) {
  // A candidate who may still do this, or only read.
  const caller = access.startsWith("candidate") ? "candidate" : access;
  const content = requestBody?.content["application/json"];
  const [status, success] = Object.entries(responses).find(([status]) => status.startsWith("2"));
  const [media, answer] = Object.entries(success.content ?? {})[0] ?? [null, {}];
  return {
    id: operationId, method, path, summary, caller, callerWords: CALLERS[caller] ?? caller, parameters,
    schema: content?.schema, body: content?.example, maxBytes: requestBody?.["x-max-bytes"],
    status, media, answerSchema: answer.schema, answer: answer.example,
    failures: Object.entries(responses).filter(([status]) => status >= "400").map(([status, { description }]) => ({ status, codes: description.split(", ") })),
  };
}

/** What organisations are told: [{type, summary, schema: of the body}]. */
export function webhooksOf({ webhooks = {} }) {
  return Object.entries(webhooks).map(([type, { post }]) => ({
    type, summary: post.summary, description: post.description, schema: post.requestBody.content["application/json"].schema,
  }));
}

/** Whether each word of a search is somewhere in what a route is called and takes. */
export function matches(route, search) {
  const fields = [...route.parameters.map(({ name }) => name), ...Object.keys(route.schema?.properties ?? {})];
  const text = [route.id, route.method, route.path, route.summary, route.callerWords, ...fields].join(" ").toLowerCase();
  return search.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}
