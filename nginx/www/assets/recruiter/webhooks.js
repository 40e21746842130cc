import { call } from "../api.js";
import { button, h, icon } from "../dom.js";
import { moment, relative } from "../format.js";
import { showContent, showFailure, signedIn } from "./shell.js";
import { openLog } from "./webhook-log.js";
import { confirmRemoval, openForm, sentence, showSecret } from "./webhook-forms.js";

// The addresses that an organisation's events are sent to.

let eventTypes = [];

async function open() {
  try {
    const [list] = await Promise.all([call("GET", "/api/webhook-endpoints"), signedIn()]);
    eventTypes = list.eventTypes;
    showContent(head(list.endpoints), h("p", { role: "status", id: "done", class: "small" }),
      list.endpoints.length > 0 ? h("ul", { class: "endpoints", id: "endpoints" }, list.endpoints.map(card)) : empty());
  } catch (error) {
    if (error.status === 403) return showContent(forbidden());
    showFailure(error, open);
  }
}

function head(endpoints) {
  return h("div", { class: "page-head" },
    h("div", {}, h("h1", {}, "Webhooks"),
      h("p", { class: "muted" }, "Your own programs are told when something happens to an interview.")),
    endpoints.length > 0 ? button("Add endpoint", { class: "primary", id: "add-endpoint", onclick: add }) : null);
}

function empty() {
  const step = (title, text) => h("li", {}, h("h3", {}, title), h("p", { class: "muted" }, text));
  return h("section", { class: "card teach", "aria-labelledby": "teach-title" }, icon("webhooks"),
    h("h2", { id: "teach-title" }, "Let your other programs know"),
    h("p", {}, "When an interview is sent, opened, submitted, ready, scored or decided, Parley posts a short signed message to addresses that you name: to fill in your applicant tracking, to write into a channel, to begin what comes next."),
    h("ol", { class: "steps" },
      step("Add an address", "An https address of your own that answers 200 to 299 within 15 seconds."),
      step("Keep its secret", "It is shown once. Your program tells by it that a message is genuine; libraries for Standard Webhooks do the work."),
      step("Send a test", "See at once whether it arrives. What fails is sent again for three days, and you can watch each try.")),
    button("Add the first endpoint", { class: "primary", id: "add-endpoint", onclick: add }));
}

function forbidden() {
  return h("div", { class: "face", role: "alert" }, icon("webhooks"), h("h1", {}, "For administrators"),
    h("p", {}, "Webhooks send what happens in your organisation to other programs, so its administrators set them up. Please ask one of them."),
    h("a", { class: "button primary", href: "/async-interviews" }, "To all interviews"));
}

// ---- One endpoint ------------------------------------------------------------------

function card(endpoint) {
  const element = h("li", { class: "card endpoint", id: `endpoint-${endpoint.id}` });
  draw(element, endpoint);
  return element;
}

/** Draws an endpoint anew; `focus` is the id of what to come back to. */
function draw(element, endpoint, focus = null) {
  const { id, url, description, enabled } = endpoint;
  const again = (changed, focus) => draw(element, changed, focus);
  const action = (name, label, work) => button(label, {
    class: "quiet", id: `${name}-${id}`, "aria-label": `${label}: ${url}`, onclick: (event) => attempt(event.currentTarget, work),
  });
  const log = h("details", { class: "log", ontoggle: () => { if (log.open) openLog(log, id, renew); } },
    h("summary", {}, "Deliveries"), h("div", { class: "log-body" }));
  const badge = h("div", {}, health(endpoint));
  const facts = h("div", { class: "facts" }, state(endpoint));
  // What the log shows may have changed what is said of the endpoint.
  const renew = async () => {
    const now = await call("GET", `/api/webhook-endpoints/${id}`);
    if (now.version !== endpoint.version) return again(now);
    badge.replaceChildren(health(now));
    facts.replaceChildren(...state(now));
  };
  const openedLog = element.querySelector("details.log[open]");
  element.replaceChildren(
    h("div", { class: "endpoint-head" },
      h("div", {}, h("h2", { class: "url" }, url), description ? h("p", { class: "muted small" }, description) : null),
      badge),
    h("ul", { class: "event-types", "aria-label": "Told of" }, endpoint.eventTypes.map((name) => h("li", { class: "badge" }, name))),
    facts,
    h("div", { class: "actions" },
      action("test", "Send a test", async () => {
        await call("POST", `/api/webhook-endpoints/${id}/test`);
        if (log.open) openLog(log, id, renew);
        else log.open = true;
        say(`A test is on its way to ${url}.`);
      }),
      action("edit", "Edit", async () => openForm(eventTypes, endpoint, (changed) => {
        again(changed, `edit-${id}`);
        say("The endpoint is saved.");
      })),
      action("switch", enabled ? "Switch off" : "Switch on", async () => {
        const changed = await call("PATCH", `/api/webhook-endpoints/${id}`, { version: endpoint.version, enabled: !enabled });
        again(changed, `switch-${id}`);
        say(enabled ? `${url} is off: nothing new is sent to it.` : `${url} is on. What had waited is sent now.`);
      }),
      action("rotate", "New secret", async () => {
        const { endpoint: changed, secret } = await call("POST", `/api/webhook-endpoints/${id}/rotate-secret`);
        again(changed, `rotate-${id}`);
        showSecret(secret, changed);
      }),
      action("remove", "Remove", async () => confirmRemoval(endpoint, async () => {
        await call("DELETE", `/api/webhook-endpoints/${id}`);
        await open();
        say(`${url} is removed.`);
      }))),
    log);
  if (openedLog) log.open = true;
  if (focus) document.getElementById(focus)?.focus();
}

function health({ enabled, disabledReason, failingSince }) {
  const [kind, text] = !enabled ? [disabledReason ? "bad" : "", "Off"] : failingSince ? ["caution", "Failing"] : ["good", "On"];
  return h("span", { class: `badge ${kind}` }, text);
}

/** What is to be said of an endpoint beside what was chosen for it. */
function state({ enabled, disabledReason, failingSince, previousSecretUntil, lastDeliveredAt }) {
  const notice = (kind, text) => h("p", { class: `notice ${kind}` }, text);
  return [
    disabledReason === "FAILING" && notice("bad", `Switched off: it has taken nothing since ${moment(failingSince)}. Send a test once it works, then switch it on; what waits is sent then.`),
    disabledReason === "GONE" && notice("bad", "Switched off: it answered 410, which says that nothing more is wanted. Send a test once it works, then switch it on."),
    enabled && failingSince && notice("caution", `It has taken nothing since ${moment(failingSince)}. After five days it is switched off.`),
    previousSecretUntil && notice("", `The secret before signs too until ${moment(previousSecretUntil)}.`),
    h("p", { class: "muted small" }, lastDeliveredAt
      ? h("span", { title: moment(lastDeliveredAt) }, `Last taken: an event of ${relative(lastDeliveredAt)}`) : "Nothing was taken yet"),
  ].filter(Boolean);
}

async function attempt(control, work) {
  say("");
  control.disabled = true;
  try {
    await work();
  } catch (error) {
    say(sentence(error), true);
  } finally {
    control.disabled = false;
  }
}

function say(text, isBad = false) {
  const status = document.querySelector("#done");
  status.textContent = text;
  status.classList.toggle("failed", isBad);
}

function add() {
  openForm(eventTypes, null, async (endpoint, secret) => {
    await open();
    showSecret(secret, endpoint);
  });
}

open();
