import { call } from "../api.js";
import { button, h } from "../dom.js";
import { moment, relative } from "../format.js";
import { sentence } from "./webhook-forms.js";

// What was sent to an endpoint, with every try. As long as something is on its
// way the newest page is asked for again.

const STATES = { PENDING: ["caution", "On its way"], DELIVERED: ["good", "Taken"], FAILED: ["bad", "Given up"] };
const ERRORS = {
  couldNotResolve: "The name could not be resolved", couldNotConnect: "No connection", refusedAddress: "A private address, which is not called",
  insecure: "The certificate is not valid", timedOut: "No answer in time", tooLarge: "The answer was too long",
  connectionLost: "The connection was lost", protocolViolation: "It did not answer in HTTP", invalidRequest: "The address cannot be called",
};
const LOOK_AGAIN = 2000;
const looking = new WeakMap();

/** Fills the log of an endpoint into `details`; `loaded` is called whenever it was read anew. */
export async function openLog(details, endpoint, loaded, state = "") {
  const body = details.querySelector(".log-body");
  if (!body.hasChildNodes()) body.replaceChildren(h("p", { class: "muted", role: "status" }, "Loading…"));
  clearTimeout(looking.get(details));
  const address = (cursor) => {
    const query = new URLSearchParams({ limit: "10", ...(state && { state }), ...(cursor && { cursor }) });
    return `/api/webhook-endpoints/${endpoint}/deliveries?${query}`;
  };
  const again = () => openLog(details, endpoint, loaded, state);
  try {
    const [page] = await Promise.all([call("GET", address()), loaded()]);
    const rows = h("tbody", {}, page.deliveries.map((delivery) => row(delivery, endpoint, again, say)));
    body.replaceChildren(filter(state, (wanted) => openLog(details, endpoint, loaded, wanted)), status(),
      page.deliveries.length > 0 ? table(rows) : h("p", { class: "muted" }, state ? "None." : "Nothing was sent yet. Send a test to see it here."),
      ...more(page.nextCursor, rows, address, endpoint, again, say));
    const restless = page.deliveries.some(({ state, attempts, nextAttemptAt }) => state === "PENDING" && (attempts === 0 || Date.parse(nextAttemptAt) - Date.now() < 30_000));
    if (restless) lookAgain();
  } catch (error) {
    body.replaceChildren(h("p", { class: "notice bad", role: "alert" }, sentence(error)), button("Try again", { onclick: again }));
  }

  // Not while somebody is at work in it.
  function lookAgain() {
    looking.set(details, setTimeout(() => {
      if (!details.open || !details.isConnected) return;
      if (body.contains(document.activeElement)) lookAgain();
      else again();
    }, LOOK_AGAIN));
  }
  function status() { return h("p", { class: "small", role: "status" }); }
  function say(text) { body.querySelector("[role=status]").textContent = text; }
}

function filter(state, choose) {
  return h("div", { class: "filters", role: "group", "aria-label": "Show" }, [["", "All"], ...Object.entries(STATES).map(([value, [, label]]) => [value, label])]
    .map(([value, label]) => h("button", { type: "button", class: "filter", "aria-pressed": String(value === state), onclick: () => choose(value) }, label)));
}

function table(rows) {
  const columns = ["Event", "State", "Tries", "Last answer", h("span", { class: "visually-hidden" }, "Send again")];
  return h("div", { class: "table-frame" }, h("table", {}, h("caption", { class: "visually-hidden" }, "Deliveries, newest first"),
    h("thead", {}, h("tr", {}, columns.map((label) => h("th", { scope: "col" }, label)))), rows));
}

function row(delivery, endpoint, again, say) {
  const { id, eventType, interviewId, state, attempts, createdAt, nextAttemptAt, attemptLog } = delivery;
  const [kind, label] = STATES[state];
  return h("tr", {},
    h("th", { scope: "row" }, h("code", {}, eventType), h("span", { class: "muted small" },
      h("time", { datetime: createdAt, title: moment(createdAt) }, relative(createdAt)),
      interviewId ? [" · ", h("a", { href: `/async-interviews/${interviewId}` }, "Interview")] : null)),
    h("td", {}, h("span", { class: `badge ${kind}` }, label),
      state === "PENDING" && attempts > 0 ? h("span", { class: "muted small" }, `next try ${relative(nextAttemptAt)}`) : null),
    h("td", { class: "figures" }, String(attempts)),
    h("td", {}, attemptLog.length > 0 ? tries(attemptLog) : h("span", { class: "muted" }, "None yet")),
    h("td", { class: "again" }, state === "PENDING" ? null : button("Send again", {
      class: "quiet", "aria-label": `Send again: ${eventType}, ${moment(createdAt)}`,
      onclick: async (event) => {
        event.currentTarget.disabled = true;
        try {
          await call("POST", `/api/webhook-endpoints/${endpoint}/deliveries/${id}/replay`);
          document.activeElement.blur();
          await again();
        } catch (error) {
          say(sentence(error));
        }
      },
    })));
}

/** The newest try, and the others behind it. */
function tries(log) {
  const one = ({ status, error, milliseconds, at }) => [
    status ? `${status}` : ERRORS[error] ?? error, h("span", { class: "muted small" }, ` ${milliseconds} ms, `, h("time", { datetime: at, title: moment(at) }, relative(at)))];
  if (log.length === 1) return h("span", {}, one(log[0]));
  return h("details", {}, h("summary", {}, one(log[0])), h("ol", { class: "tries", "aria-label": "Earlier tries" }, log.slice(1).map((each) => h("li", {}, one(each)))));
}

function more(cursor, rows, address, endpoint, again, say) {
  if (!cursor) return [];
  const control = button("Show more", { onclick: async () => {
    control.disabled = true;
    try {
      const page = await call("GET", address(cursor));
      rows.append(...page.deliveries.map((delivery) => row(delivery, endpoint, again, say)));
      cursor = page.nextCursor;
      if (!cursor) control.remove();
    } catch (error) {
      say(sentence(error));
    } finally {
      control.disabled = false;
    }
  } });
  return [control];
}
