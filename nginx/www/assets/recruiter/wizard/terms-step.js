import { call } from "../../api.js";
import { button, h, icon } from "../../dom.js";
import { duration, relative } from "../../format.js";
import { askAdjustments, usual } from "../adjustments.js";
import { complain, field } from "../fields.js";
import { inDays, problems } from "./draft.js";

const RETAKES = { ZERO: "None: the first take counts", ONE: "One", TWO: "Two", THREE: "Three" };
const QUICK_DEADLINES = [[3, "3 days"], [7, "1 week"], [14, "2 weeks"]];

/** Step 3: how much time there is, until when, what is said to candidates, and what is arranged for whom. */
export function termsStep(draft, { changed }) {
  const { terms } = draft;
  const controls = {};
  const summary = h("p", { class: "notice", id: "terms-summary", role: "status" });
  const lint = h("ul", { class: "lint", id: "lint" });
  let timer = null;
  let latest = 0;

  const update = (name, control) => {
    terms[name] = control.value;
    changed();
    complain(control, "");
    drawSummary();
    if (!["timeLimitSeconds", "thinkTimeSeconds"].includes(name)) return;
    clearTimeout(timer);
    timer = setTimeout(check, 400);
  };
  const bind = (name, control, id = name) => {
    control.id = id;
    control.name = id;
    control.addEventListener("input", () => update(name, control));
    controls[name] = control;
    return control;
  };
  const number = (name, least, most) => bind(name, h("input", { class: "input figures", type: "number", min: least, max: most, step: "1", value: terms[name], inputmode: "numeric" }));
  const words = (name) => bind(name, h("textarea", { class: "input", rows: "4" }, terms[name]));

  const deadline = bind("deadline", h("input", { class: "input", type: "datetime-local", value: terms.deadline }), "deadlineAt");
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

  // What it amounts to for the candidate, in words.
  function drawSummary() {
    const wrong = problems(draft, 3);
    const seconds = Number(terms.timeLimitSeconds);
    const time = wrong.timeLimitSeconds ? null : `${duration(seconds)} for each answer`;
    const think = wrong.thinkTimeSeconds ? null : Number(terms.thinkTimeSeconds) === 0 ? "no time to think first" : `${duration(Number(terms.thinkTimeSeconds))} to think first`;
    const due = wrong.deadlineAt ? null : `due ${relative(terms.deadline)}`;
    summary.textContent = [time, think, due].filter(Boolean).join(" · ");
    summary.hidden = summary.textContent === "";
  }

  // The lint's findings about these times.
  async function check() {
    const wrong = problems(draft, 3);
    if (wrong.timeLimitSeconds || wrong.thinkTimeSeconds) return lint.replaceChildren();
    const asked = (latest += 1);
    try {
      const query = new URLSearchParams({ timeLimitSeconds: terms.timeLimitSeconds.trim(), thinkTimeSeconds: terms.thinkTimeSeconds.trim() });
      const { findings } = await call("GET", `/api/assessments/${draft.assessment.id}?${query}`);
      if (asked !== latest) return;
      lint.replaceChildren(...findings.filter(({ code }) => ["THINK_TIME_SHORT", "TOTAL_TIME_LONG"].includes(code))
        .map(({ message }) => h("li", { class: "notice caution" }, message)));
    } catch {
      lint.replaceChildren(); // Advice only: the server checks the terms themselves in the next step.
    }
  }

  const adjusted = h("ul", { class: "adjusted" });
  function drawAdjusted() {
    adjusted.replaceChildren(...draft.people.map((person) => h("li", {},
      h("span", { class: "person" }, h("strong", {}, person.name), h("span", { class: "muted small" }, inWords(person.accommodations))),
      button("Adjustments", {
        "aria-label": `Adjustments for ${person.name}`,
        onclick: () => askAdjustments({ name: person.name }, async () => person.accommodations ?? usual, async (wanted) => {
          person.accommodations = inWords(wanted) === inWords(null) ? null : wanted;
          changed();
          drawAdjusted();
        }),
      }, "adjust"))));
  }

  drawAdjusted();
  drawSummary();
  check();
  return {
    content: [
      h("form", { class: "form", novalidate: true, onsubmit: (event) => event.preventDefault() },
        h("fieldset", {}, h("legend", {}, h("h3", {}, "Time")),
          h("div", { class: "field-row" },
            field("Seconds for each answer", number("timeLimitSeconds", 30, 600), "30 to 600"),
            field("Seconds to think first", number("thinkTimeSeconds", 0, 120), "0 to 120"),
            field("Retakes", bind("retakePolicy", h("select", { class: "input" }, Object.entries(RETAKES).map(([value, label]) => h("option", { value, selected: value === terms.retakePolicy }, label)))),
              "How often an answer may be recorded again")),
          h("div", { class: "field-row" },
            field("Deadline", deadline, `In your time zone, ${zone}`),
            h("div", { class: "quick", role: "group", "aria-label": "Usual deadlines" }, QUICK_DEADLINES.map(([days, label]) => button(`In ${label}`, {
              class: "quiet", onclick: () => { deadline.value = inDays(days); update("deadline", deadline); },
            })))),
          summary, lint),
        h("fieldset", {}, h("legend", {}, h("h3", {}, "Messages")),
          h("div", { class: "field-row wide" },
            field("Before the interview (optional)", words("introMessage"), "Stands in the invitation and on the first page."),
            field("After it (optional)", words("outroMessage"), "Stands on the last page. Say when candidates will hear from you."))),
        h("fieldset", {}, h("legend", {}, h("h3", {}, icon("adjust"), " Adjustments")),
          h("p", { class: "muted small" }, "More time, more takes or less monitoring for a candidate who asked for it. Those who score the answers do not see it."),
          adjusted)),
    ],
  };
}

/** What is arranged for a candidate, in a few words. */
export function inWords(arranged) {
  if (!arranged) return "Usual terms";
  const { timeMultiplier, untimedThinking, extraTakes, withoutMonitoring } = arranged;
  return [
    timeMultiplier > 1 && `${timeMultiplier}× the time`,
    untimedThinking && "no limit on thinking",
    extraTakes > 0 && `+${extraTakes} ${extraTakes === 1 ? "take" : "takes"}`,
    withoutMonitoring.includes("FULLSCREEN") && "no fullscreen",
    withoutMonitoring.includes("GAZE") && "no face monitoring",
  ].filter(Boolean).join(", ") || "Usual terms";
}
