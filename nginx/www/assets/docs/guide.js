import { h } from "../dom.js";
import { codeBlock } from "./blocks.js";
import { fields } from "./route-view.js";
import { rows } from "./schema.js";

// What holds for every route.

const code = (text) => h("code", {}, text);
const p = (...content) => h("p", {}, ...content);

/** [{id, title, content: [elements]}]; `base` is the installation's address. */
export function guide(areas, events, base) {
  return [
    { id: "start", title: "Start", content: start(base) },
    { id: "data", title: "Requests and answers", content: data() },
    { id: "errors", title: "Errors", content: errors(areas) },
    { id: "lists", title: "Lists", content: lists(base) },
    { id: "idempotency", title: "Sending a request again", content: idempotency(base) },
    { id: "edits", title: "Edits that cross", content: edits() },
    { id: "receiving", title: "Receiving webhooks", content: webhooks(events) },
  ];
}

function start(base) {
  return [
    p("Every address begins with ", code(base), ". Sign in once; the cookie that you are given lasts twelve hours."),
    codeBlock("Sign in, then ask", `curl '${base}/api/auth/login' -c cookies.txt \\
  -H 'Content-Type: application/json' \\
  -d '{"email": "you@your-company.example", "password": "…"}'

curl '${base}/api/async-interviews' -b cookies.txt`, "start-code"),
    p("You reach your own organisation’s data only: anything else is answered as if it did not exist. An address that tries passwords may do so once a second; beyond that it is told ", code("RATE_LIMITED"), " with ", code("Retry-After"), "."),
    p("A candidate needs no account: the token in an invitation’s link is part of the address."),
  ];
}

function data() {
  return [
    p("Bodies are JSON in UTF-8. A field that a route does not know is refused, not passed over, so that a slip in a name does not go unnoticed. Fields of an answer are always there; one without a value is ", code("null"), "."),
    p("Ids are UUIDs of version 7, which sort by the time they were made. Times are RFC 3339; answers have them in UTC, ", code("2026-11-21T09:00:00.000Z"), ". Lengths of text count Unicode code points."),
    p("Each answer has ", code("X-Request-Id"), ": quote it when something is wrong. A ", code("traceparent"), " of yours (W3C Trace Context) is kept through everything that follows from the request."),
  ];
}

function errors(areas) {
  const codes = new Map();
  for (const { routes } of areas) for (const { failures } of routes) for (const { status, codes: names } of failures) for (const name of names) codes.set(name, status);
  const ordered = [...codes].sort(([one, first], [other, second]) => first - second || one.localeCompare(other));
  return [
    p("A request that is not fulfilled is answered with ", code("application/problem+json"), " (RFC 9457). Rely on ", code("code"), "; ", code("detail"), " is for people, and may change. ", code("VALIDATION_FAILED"), " lists everything that is wrong with the input, not just the first."),
    codeBlock("A refusal", JSON.stringify({
      type: "about:blank", title: "The request is not acceptable", status: 400, code: "VALIDATION_FAILED",
      detail: "timeLimitSeconds must be from 30 to 600. deadlineAt must be in the future.",
      errors: [{ field: "timeLimitSeconds", message: "must be from 30 to 600" }, { field: "deadlineAt", message: "must be in the future" }],
      requestId: "7f8a9e0c41d94be2a1f0a4f2b9c3d5e6",
    }, null, 2), "errors-code"),
    h("dl", { class: "codes" }, ordered.map(([name, status]) => h("div", {},
      h("dt", { id: name }, code(name), h("span", { class: "muted small figures" }, ` ${status}`)), h("dd", { class: "small" }, MEANINGS[name] ?? "")))),
    p("What was refused has changed nothing. ", code("UNAVAILABLE"), " and ", code("RATE_LIMITED"), " say in ", code("Retry-After"), " after how many seconds it is worth trying again."),
  ];
}

const MEANINGS = {
  VALIDATION_FAILED: "The input breaks a rule; errors says which, field by field.",
  AUTH_REQUIRED: "There is no cookie, or no signature.",
  INVALID_TOKEN: "The session has ended, or the link or signature is not valid.",
  ACCESS_DENIED: "You are known, and may not do this.",
  NOT_FOUND: "There is none, or it is another organisation’s.",
  METHOD_NOT_ALLOWED: "The address exists, with other methods: Allow lists them.",
  CONFLICT: "Not possible in the present state, or somebody changed it meanwhile; detail says what is possible.",
  TAKEN_OVER: "Another page of the candidate’s goes on with the interview.",
  GONE: "The deadline has passed, or the interview was withdrawn.",
  PRECONDITION_FAILED: "A header such as Tus-Resumable or Upload-Offset does not fit.",
  PAYLOAD_TOO_LARGE: "The body is larger than the route accepts.",
  UNSUPPORTED_MEDIA_TYPE: "The body is not of the type that the route takes.",
  UNREADABLE: "The document came whole and cannot be read: protected, damaged, without text, too large inside.",
  IDEMPOTENCY_KEY_REUSED: "The Idempotency-Key was used for another request.",
  LOCKED: "Another request holds this upload.",
  RATE_LIMITED: "Too many requests from this address, or too many uploads by this person: Retry-After says how long to wait.",
  CHECKSUM_MISMATCH: "The bytes that arrived are not those that were sent.",
  INTERNAL_ERROR: "A fault of ours; it is in the log under requestId.",
  STORAGE_FULL: "The organisation has no room left for recordings and resumes; nothing is lost, and uploads go on once there is room.",
  UNAVAILABLE: "A part that is needed cannot be reached just now.",
};

function lists(base) {
  return [
    p("A list is answered page by page, newest first. ", code("nextCursor"), " is where the page ended: hand it back as ", code("cursor"), " to go on after it, with the same filters. What is added meanwhile neither repeats nor hides anything. It is ", code("null"), " on the last page."),
    codeBlock("Every candidate", `cursor=
while :; do
  page=$(curl -s -b cookies.txt "${base}/api/candidates?limit=100\${cursor:+&cursor=$cursor}")
  echo "$page" | jq -c '.candidates[]'
  cursor=$(echo "$page" | jq -r '.nextCursor // empty')
  [ -n "$cursor" ] || break
done`, "lists-code"),
  ];
}

function idempotency(base) {
  return [
    p("When no answer comes, you cannot know whether a request took effect. Give each request that changes something a name of its own in ", code("Idempotency-Key"), " (1 to 255 visible ASCII characters, a UUID is good), and send it again under the same name until there is an answer: it takes effect once."),
    codeBlock("Create once, whatever the network does", `curl --retry 5 --retry-all-errors -X POST '${base}/api/candidates' -b cookies.txt \\
  -H 'Idempotency-Key: 6f1f2c1e-6a37-4a6e-9d3c-0c2b8f6f5e11' \\
  -H 'Content-Type: application/json' \\
  -d '{"name": "Grace Hopper", "email": "grace@candidates.example"}'`, "idempotency-code"),
    p("The same answer comes again with ", code("Idempotency-Replayed: true"), ". The same key with another request is refused. Answers are kept for 24 hours; a request that failed is not kept, for it has changed nothing."),
  ];
}

function edits() {
  return [
    p("What several people edit has a ", code("version"), " or a time of its last change. Send back the one you have read: if somebody was faster, the answer is ", code("CONFLICT"), " and says what stands there now, and nothing is overwritten."),
  ];
}

function webhooks(events) {
  return [
    p("Parley tells your own systems what happens to interviews, as ", h("a", { href: "https://www.standardwebhooks.com" }, "Standard Webhooks"), ": a POST with ", code("webhook-id"), ", ", code("webhook-timestamp"), " and ", code("webhook-signature"), ". Its data holds ids and no more of a person; ask for the rest with them. Administrators name the addresses, on the page ", h("a", { href: "/webhooks" }, "Webhooks"), " or with the routes below, and are shown each secret once."),
    h("dl", { class: "codes" }, events.map(({ type, summary }) => h("div", {}, h("dt", {}, code(type)), h("dd", { class: "small" }, summary)))),
    ...(events.length > 0 ? [fields("What a message holds", rows(events[0].schema), "message", null, 3)] : []),
    codeBlock("Receive one, in Python", `from standardwebhooks import Webhook   # pip install standardwebhooks

def receive(headers, body):
    event = Webhook("whsec_…").verify(body, headers)   # raises if it is not ours, or old
    if event["type"] == "interview.ready":
        review(event["data"]["interviewId"])`, "webhooks-code"),
    p("Answer at once and work afterwards. ", events[0]?.description ?? ""),
    p("While a secret is being replaced, the old and the new one both sign, for a day. Addresses are https and never within a private network; redirects are not followed."),
  ];
}
