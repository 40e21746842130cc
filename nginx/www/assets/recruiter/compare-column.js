import { call, isPassing } from "../api.js";
import { h, icon } from "../dom.js";
import { duration, moment, relative } from "../format.js";
import "./answer-player.js";
import { citedIn, insightsView, transcriptNote } from "./insights-view.js";
import { othersView } from "./others-view.js";
import { Scoring } from "./scoring.js";
import "./score-form.js";
import { transcriptRemarks } from "./transcript-problem.js";
import "./transcript-view.js";
import "./written-answer.js";

/** One candidate's answer, beside others' to the same question: to watch, to read, to score. */
export class Column {
  #id;
  #user;
  #question;
  #events;
  #scope;
  #scoring;
  interview = null;
  element;
  player;
  form;
  #transcript;
  #written;
  #others = h("div", {});
  #insights = h("div", { class: "stack" });

  /**
   * @param id the interview's @param user who reviews
   * @param events {started(column), scored(column), removed(column), failed(error)}
   */
  constructor(id, user, events) {
    this.#id = id;
    this.#user = user;
    this.#events = events;
    this.#scope = `${id}-`;
    this.#scoring = new Scoring(() => this.interview, user.id, () => this.#refresh());
    this.element = h("article", { class: "column card", "data-interview": id, "aria-labelledby": `${this.#scope}name`, tabindex: "-1" });
    this.player = h("answer-player", {
      onstarted: () => events.started(this), onexpired: () => this.#renew(),
      onmoved: ({ detail }) => {
        this.#transcript.follow(detail);
        this.#insights.querySelector("speech-timeline")?.follow(detail);
      },
    });
    this.#transcript = h("transcript-view", { tabindex: "0", role: "region", onseek: ({ detail }) => this.player.seek(detail) });
    this.#written = h("written-answer", { tabindex: "0", role: "region" });
    this.form = h("score-form", { onconflict: () => this.#conflict(), ontaken: () => { this.#drawScore(); this.#refresh(); } });
    this.form.hasRubric = false;
    this.form.scope = this.player.scope = this.#scope;
  }

  /** Fetches the interview; a 404 when it is not there, or of another assessment. */
  async load() {
    this.interview = await call("GET", `/api/async-interviews/${this.#id}`);
  }

  /** What can be searched for words. */
  get searched() {
    return [this.#transcript, this.#written].filter((each) => each.isConnected);
  }

  /** The reviewer's own score of the question at hand, or null. */
  get ownScore() {
    return this.#scoring.own(this.#question.id)?.score ?? null;
  }

  /** The mean of all scores, or null while one's own is missing. */
  get meanScore() {
    const scores = this.ownScore === null ? [] : this.interview.evaluations.filter(({ questionId }) => questionId === this.#question.id).map(({ score }) => score);
    return scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length;
  }

  get #response() {
    return this.interview.videoResponses.find(({ questionId }) => questionId === this.#question.id);
  }

  /** Shows the answer to a question of the assessment; what is shown already goes on. */
  show(question) {
    if (this.#question === question) return;
    this.#question = question;
    const { name } = this.interview.candidate;
    for (const region of [this.#transcript, this.#written]) region.setAttribute("aria-label", `What ${name} said`);
    this.element.replaceChildren(this.#head(), ...this.#answer());
    const response = this.#response;
    if (!response) return;
    this.#drawText(response);
    this.#insights.replaceChildren(h("details", {}, h("summary", {}, "Insights"), h("div", { class: "insights" }, insightsView(response, this.#ways(response), this.#id, this.#scope))));
    this.#drawScore();
  }

  #head() {
    const { candidate, submittedAt } = this.interview;
    return h("header", {},
      h("h2", { id: `${this.#scope}name` }, h("a", { href: `/async-interviews/${this.#id}` }, candidate.name)),
      h("button", { type: "button", class: "button quiet small", "aria-label": `Remove ${candidate.name} from the comparison`, title: "Remove", onclick: () => this.#events.removed(this) }, "×"),
      submittedAt && h("p", { class: "small muted" }, "Submitted ", h("time", { datetime: submittedAt, title: moment(submittedAt) }, relative(submittedAt))));
  }

  #answer() {
    const response = this.#response;
    const rest = [h("div", { class: "score" }, this.form, this.#others), this.#insights];
    if (response?.videoUrl) {
      this.player.load(response.videoUrl, response.durationSeconds, `${this.interview.candidate.name}’s answer`);
      return [this.player, this.#transcript, ...rest];
    }
    if (response?.recordingDeletedAt) return [h("div", { class: "face" }, icon("remove"), h("p", {}, "The recording of this answer was deleted for good."))];
    if (!response?.textAnswer) return [h("div", { class: "face" }, icon("question"), h("p", {}, "The candidate has not answered this question."))];
    const time = response.durationSeconds ? `, ${duration(response.durationSeconds)}` : "";
    return [h("p", { class: "muted small written-line" }, `Answered in writing${time}`), this.#written, ...rest];
  }

  #drawText({ textAnswer, transcriptWords, ...response }) {
    const cited = citedIn({ textAnswer, ...response });
    if (textAnswer) return this.#written.show(textAnswer, cited);
    this.#transcript.show(transcriptWords, cited);
    if (transcriptWords.length > 0) this.player.caption(`/api/async-interviews/${this.#id}/captions/${this.#question.id}`);
    else return this.#transcript.replaceChildren(transcriptNote(response, this.#scope));
    const remarks = transcriptRemarks(response, (seconds) => this.player.seek(seconds, true), this.#scope);
    if (remarks) this.#transcript.prepend(remarks);
  }

  #ways({ textAnswer }) {
    return {
      to: (seconds) => this.player.seek(seconds, true),
      cite: ({ start, charStart }) => (textAnswer ? this.#written.reveal(charStart) : this.player.seek(start, true)),
      analyse: () => call("POST", `/api/async-interviews/${this.#id}/analyze/${this.#question.id}`),
    };
  }

  #drawScore() {
    const response = this.#response;
    this.form.show(this.#question, this.#scoring.saver(response), response.aiInsights?.suggestedScore ?? null, this.#scoring.closed);
    this.#drawOthers();
  }

  #drawOthers() {
    this.#others.replaceChildren(othersView(this.interview, this.#response, this.#user.id, this.#scope));
  }

  async #refresh() {
    try {
      await this.load();
    } catch (error) {
      return isPassing(error) ? null : this.#events.failed(error);
    }
    this.#drawOthers();
    this.#events.scored(this);
  }

  async #renew() {
    try {
      await this.load();
    } catch (error) {
      return this.#events.failed(error);
    }
    this.player.renew(this.#response.videoUrl);
  }

  async #conflict() {
    await this.#refresh();
    if (!this.#scoring.settle(this.form, this.#response)) this.#drawScore();
  }
}
