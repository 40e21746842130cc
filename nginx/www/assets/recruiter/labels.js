import { h } from "../dom.js";
import { isMonitored } from "./monitoring-facts.js";

// The server's words as people read them.

export const statuses = {
  DRAFT: ["Draft", ""],
  SENT: ["Sent", ""],
  OPENED: ["Opened", "caution"],
  IN_PROGRESS: ["In progress", "caution"],
  SUBMITTED: ["Submitted", "accent"],
  EXPIRED: ["Expired", ""],
  REVIEWED: ["Reviewed", "good"],
  CANCELLED: ["Cancelled", ""],
};

export const liveStatuses = {
  SCHEDULED: ["Scheduled", "accent"],
  COMPLETED: ["Done", "good"],
  NO_SHOW: ["Did not come", "caution"],
  CANCELLED: ["Cancelled", ""],
};

export const assessmentStatuses = {
  DRAFT: ["Draft", ""],
  ACTIVE: ["Active", "good"],
  ARCHIVED: ["Archived", "caution"],
};

const risks = { low: ["Low", "good"], medium: ["Medium", "caution"], high: ["High", "bad"] };

const analyses = {
  pending: ["Waiting", ""],
  processing: ["Running", "caution"],
  complete: ["Complete", "good"],
  failed: ["Failed", "bad"],
};

export const recommendations = {
  strong_advance: ["Strong advance", "good"],
  advance: ["Advance", "good"],
  hold: ["Hold", "caution"],
  decline: ["Decline", "bad"],
};

export const severities = { critical: ["Critical", "bad"], warning: ["Warning", "caution"], info: ["Info", ""] };

/** What each detector watches for. */
export const detectors = {
  tab: "Leaving the tab",
  window: "Other windows",
  fullscreen: "Leaving fullscreen",
  devtools: "Developer tools",
  clipboard: "Copying and pasting",
  "time-limit": "The time limit",
  face: "Faces in the picture",
};

/** What each integrity event says, and what else it can mean. */
export const events = {
  TAB_SWITCH: ["Left the interview’s tab", "A notification, a call or a message opened by accident can cause this."],
  WINDOW_BLUR: ["Another window came to the front", "A notification or a second monitor can cause this, without the person acting."],
  FULLSCREEN_EXIT: ["Left fullscreen; the recording paused", "The Escape key is enough, and some devices leave it by themselves."],
  NO_FACE_DETECTED: ["No face in the picture", "Poor light, looking aside, or a skin tone that the software handles badly can cause this."],
  MULTIPLE_FACES: ["More than one face in the picture", "A poster, a mirror or someone passing by can cause this."],
  COPY_PASTE_ATTEMPT: ["Tried to copy or paste", "Screen readers, dictation and writing aids use the clipboard too, and many people copy their own text to be safe."],
  TIME_LIMIT_EXCEEDED: ["Recording ran past the limit", "A slow device or one that went to sleep can cause this."],
  DEVTOOLS_OPEN: ["Window shape as with developer tools open", "A sidebar of the browser has the same shape."],
};

const badge = ([label, tone]) => h("span", { class: `badge ${tone}` }, label);

export const statusBadge = (status) => badge(statuses[status]);
export const liveStatusBadge = (status) => badge(liveStatuses[status]);
/** The risk, or that nobody knows it: nothing noticed is no good sign where nothing was watched. */
export const riskBadge = (risk, monitored) => badge(monitored ? risks[risk] : ["Not monitored", ""]);
export const riskWords = (risk) => risks[risk][0];
export const monitoringBadge = (interview) => riskBadge(interview.proctorSummary.riskLevel, isMonitored(interview));
export const analysisBadge = (state) => badge(analyses[state]);
export const severityBadge = (severity) => badge(severities[severity]);
