import { call, Problem } from "../api.js";
import { button, h } from "../dom.js";
import { candidateChoice } from "./candidate-choice.js";
import { dialogActions, openDialog } from "./dialog.js";
import { complain, clear, field, focusFirstWrong, sentence, showRefusal } from "./fields.js";
import { instantOf, localOf, offsetAt, offsetWords, ownZone, zonedMoment, zonedTime } from "./zoned.js";

// Scheduling a live interview, and moving one. Who has something else at that time is named while one
// chooses; it takes a tick to mean it.

const PAUSE_MS = 300;
const HOUR = 3_600_000;
const labels = {
  candidateId: "The candidate", assessmentId: "The assessment", scheduledAt: "The time", durationMinutes: "The duration", timeZone: "The time zone",
  interviewerIds: "The interviewers", place: "The place", meetingUrl: "The link", note: "The note",
};

/**
 * @param given {user, live: the interview that is moved or null, saved(live), stale(): when it was changed meanwhile}
 */
export async function openSchedule({ user, live = null, saved, stale = () => {} }) {
  const body = h("div", { class: "stack" }, h("p", { class: "muted", role: "status" }, "Loading…"));
  const dialog = openDialog("schedule-dialog", live ? `Move the interview with ${live.candidate.name}` : "Schedule an interview", body, { wide: true });
  try {
    const [{ accounts }, { assessments }] = await Promise.all([call("GET", "/api/accounts"), call("GET", "/api/assessments?limit=100&status=ACTIVE")]);
    const form = new ScheduleForm({ user, live, accounts, assessments, saved, stale, close: () => dialog.close() });
    body.replaceChildren(form.element);
    form.element.querySelector("input, select")?.focus();
  } catch (error) {
    body.replaceChildren(h("p", { class: "notice bad", role: "alert" }, sentence(error)), dialogActions(() => dialog.close()));
  }
}

class ScheduleForm {
  #given;
  #timer = null;
  #asked = 0;
  #conflicts = h("div", { id: "conflicts", role: "status" });
  #meaning = h("p", { class: "muted small", id: "time-meaning" });
  #failure = h("p", { class: "notice bad", role: "alert", hidden: true });
  #submit;
  #candidate = null;
  element;

  constructor(given) {
    this.#given = given;
    const { live } = given;
    this.#submit = button(live ? "Save and tell everybody" : "Schedule and invite", { type: "submit", class: "primary", id: "save-schedule" });
    this.element = h("form", { class: "form", novalidate: true, onsubmit: (event) => { event.preventDefault(); this.#send(); }, oninput: ({ target }) => this.#changed(target) },
      !live && this.#who(), this.#when(), this.#interviewers(), this.#conflicts, this.#where(), this.#failure,
      dialogActions(given.close, this.#submit));
    this.#explain();
    if (live) this.#look();
  }

  // ---- The fields

  #who() {
    const { assessments } = this.#given;
    this.#candidate = candidateChoice(() => this.#changed(this.#candidate.control));
    return h("div", { class: "field-pair" }, this.#candidate.element,
      field("Assessment", h("select", { class: "input", id: "assessmentId", name: "assessmentId", required: true },
        assessments.length === 0 && h("option", { value: "" }, "None is active"),
        assessments.map(({ id, title, jobTitle }) => h("option", { value: id }, `${title} · ${jobTitle}`))),
      "Its questions are asked and scored."));
  }

  #when() {
    const { live } = this.#given;
    const zone = live?.timeZone ?? ownZone();
    const start = live ? Date.parse(live.scheduledAt) : Math.ceil(Date.now() / HOUR) * HOUR + 24 * HOUR;
    const zones = [...new Set([zone, ownZone(), "UTC", ...Intl.supportedValuesOf("timeZone")])];
    const time = h("input", { class: "input", id: "scheduledAt", name: "scheduledAt", type: "datetime-local", required: true });
    time.value = localOf(start, zone);
    const minutes = h("input", { class: "input", id: "durationMinutes", name: "durationMinutes", type: "number", min: 15, max: 480, step: 5, required: true });
    minutes.value = String(live?.durationMinutes ?? 45);
    return h("fieldset", { class: "stack" }, h("legend", { class: "visually-hidden" }, "When"), h("div", { class: "field-triple" },
      field("Date and time", time), field("Minutes", minutes),
      field("Time zone", h("select", { class: "input", id: "timeZone", name: "timeZone" },
        zones.map((name) => h("option", { value: name, selected: name === zone }, name))))), this.#meaning);
  }

  #interviewers() {
    const { accounts, live, user } = this.#given;
    const chosen = new Set(live ? live.interviewers.map(({ id }) => id) : [user.id]);
    return h("fieldset", { class: "people-choice", id: "interviewerIds-field" }, h("legend", {}, "Interviewers"),
      h("div", { class: "people-list" }, accounts.map(({ id, name }) => h("label", { class: "tick-line" },
        h("input", { type: "checkbox", name: "interviewer", value: id, checked: chosen.has(id) }), h("span", {}, id === user.id ? `${name} (you)` : name)))),
      h("p", { class: "field-error", id: "interviewers-error", hidden: true }));
  }

  #where() {
    const { live } = this.#given;
    const input = (name, attributes) => {
      const control = h(attributes.rows ? "textarea" : "input", { class: "input", id: name, name, ...attributes });
      control.value = live?.[name] ?? "";
      return control;
    };
    return h("div", { class: "stack" }, h("div", { class: "field-pair" },
      field("Place", input("place", { type: "text", maxlength: 300, autocomplete: "off" }), "A room, an address."),
      field("Meeting link", input("meetingUrl", { type: "url", maxlength: 2000, autocomplete: "off", placeholder: "https://" }), "Of your own video service.")),
    field("Note for everybody who is invited", input("note", { rows: 2, maxlength: 2000 })));
  }

  // ---- What is chosen

  get #instant() {
    const { scheduledAt, timeZone } = this.element.elements;
    return instantOf(scheduledAt.value, timeZone.value);
  }

  get #chosen() {
    return [...this.element.querySelectorAll("input[name=interviewer]:checked")].map(({ value }) => value);
  }

  #changed(control) {
    if (control?.id) clear(control);
    this.element.querySelector("#interviewers-error").hidden = true;
    this.#explain();
    if (control?.id === "allowConflicts" || ["place", "meetingUrl", "note"].includes(control?.id)) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#look(), PAUSE_MS);
  }

  // The time as it is for whoever chooses, where that is another one.
  #explain() {
    const { timeZone, durationMinutes } = this.element.elements;
    const instant = this.#instant;
    if (instant === null) { this.#meaning.textContent = ""; return; }
    const end = instant + Number(durationMinutes.value || 0) * 60_000;
    const there = `Until ${zonedTime(end, timeZone.value)} (${offsetWords(offsetAt(instant, timeZone.value))}).`;
    const here = timeZone.value === ownZone() ? "" : ` For you that is ${zonedMoment(instant, ownZone())} in ${ownZone()}.`;
    this.#meaning.textContent = there + here;
  }

  // Asks who has something else, and says so.
  async #look() {
    const number = ++this.#asked;
    const { live } = this.#given;
    const minutes = Number(this.element.elements.durationMinutes.value);
    const candidateId = live?.candidate.id ?? this.#candidate?.value;
    if (this.#instant === null || !(minutes >= 15 && minutes <= 480)) return this.#say([]);
    try {
      const { conflicts } = await call("POST", "/api/interviews/conflicts", {
        interviewerIds: this.#chosen.slice(0, 10), scheduledAt: new Date(this.#instant).toISOString(), durationMinutes: minutes,
        ...(candidateId && { candidateId }), ...(live && { interviewId: live.id }),
      });
      if (number === this.#asked) this.#say(conflicts);
    } catch (error) {
      // Saving says it again; this is only ahead of it.
      if (number === this.#asked) this.#conflicts.replaceChildren(h("p", { class: "muted small" }, "Whether somebody has something else could not be found out. ", sentence(error)));
    }
  }

  #say(conflicts) {
    const isMeant = this.element.elements.allowConflicts?.checked ?? false;
    this.#conflicts.replaceChildren(...(conflicts.length === 0 ? [] : [h("div", { class: "notice caution" },
      h("strong", {}, "Somebody has another interview at that time"),
      h("ul", {}, conflicts.map(({ person, role, scheduledAt, endsAt, interviewId }) => h("li", {},
        `${person.name}${role === "CANDIDATE" ? ", the candidate" : ""}: `,
        h("a", { href: `/interviews/${interviewId}`, target: "_blank" }, zonedMoment(scheduledAt, ownZone()), "–", zonedTime(endsAt, ownZone()))))),
      h("label", { class: "tick-line" }, h("input", { type: "checkbox", id: "allowConflicts", name: "allowConflicts", checked: isMeant }), h("span", {}, "Schedule it nevertheless")))]));
  }

  // ---- Saving

  #isComplete() {
    const { scheduledAt, durationMinutes, meetingUrl, assessmentId, timeZone } = this.element.elements;
    const instant = this.#instant;
    const minutes = Number(durationMinutes.value);
    const { live } = this.#given;
    const stays = live && instant === Date.parse(live.scheduledAt);
    if (!live && !this.#candidate.value) complain(this.#candidate.control, "Choose a candidate.");
    if (!live && !assessmentId.value) complain(assessmentId, "Activate an assessment first.");
    if (!scheduledAt.value) complain(scheduledAt, "Choose a date and a time.");
    else if (instant === null) complain(scheduledAt, `The clocks in ${timeZone.value} skip that time. Choose another one.`);
    else if (instant <= Date.now() && !stays) complain(scheduledAt, "Choose a time to come.");
    if (!(Number.isInteger(minutes) && minutes >= 15 && minutes <= 480)) complain(durationMinutes, "Choose 15 to 480 minutes.");
    if (meetingUrl.value && !/^https:\/\/[^\s@]+\.[^\s@]+$/.test(meetingUrl.value.trim())) complain(meetingUrl, "A link begins with https://");
    const people = this.element.querySelector("#interviewers-error");
    people.textContent = this.#chosen.length === 0 ? "Choose at least one interviewer." : this.#chosen.length > 10 ? "Ten interviewers are the most." : "";
    people.hidden = people.textContent === "";
    focusFirstWrong(this.element);
    return people.hidden && !this.element.querySelector("[aria-invalid]");
  }

  async #send() {
    this.#failure.hidden = true;
    if (!this.#isComplete()) return;
    const { live, close, saved } = this.#given;
    const { durationMinutes, timeZone, place, meetingUrl, note, assessmentId, allowConflicts } = this.element.elements;
    const text = (control) => (control.value.trim() ? { [control.name]: control.value.trim() } : {});
    const appointment = {
      scheduledAt: new Date(this.#instant).toISOString(), durationMinutes: Number(durationMinutes.value), timeZone: timeZone.value,
      interviewerIds: this.#chosen, ...text(place), ...text(meetingUrl), ...text(note), allowConflicts: allowConflicts?.checked ?? false,
    };
    this.#submit.disabled = true;
    try {
      const done = live
        ? await call("PUT", `/api/interviews/${live.id}`, { ...appointment, version: live.changedAt })
        : await call("POST", "/api/interviews", { ...appointment, candidateId: this.#candidate.value, assessmentId: assessmentId.value });
      close();
      saved(done);
    } catch (error) {
      this.#refused(error);
    } finally {
      this.#submit.disabled = false;
    }
  }

  #refused(error) {
    if (error instanceof Problem && error.members.conflicts) {
      this.#say(error.members.conflicts);
      this.element.elements.allowConflicts.focus();
      return;
    }
    if (error instanceof Problem && error.members.currentVersion) {
      const { current } = error.members;
      this.#failure.hidden = false;
      this.#failure.replaceChildren(`Somebody changed this interview meanwhile: it is on ${zonedMoment(current.scheduledAt, current.timeZone)} (${current.timeZone}) now. `,
        button("Take theirs", { id: "take-theirs", onclick: () => { this.#given.close(); this.#given.stale(); } }),
        button("Save mine", { id: "save-mine", onclick: () => { this.#given.live = { ...this.#given.live, changedAt: current.changedAt }; this.#send(); } }));
      this.#failure.querySelector("button").focus();
      return;
    }
    showRefusal(this.element, error, this.#failure, labels);
  }
}
