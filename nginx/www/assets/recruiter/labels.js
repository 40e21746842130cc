import { h } from "../dom.js";

// The server's words as people read them.

export const statuses = {
  DRAFT: ["Draft", ""],
  SENT: ["Sent", ""],
  OPENED: ["Opened", "caution"],
  IN_PROGRESS: ["In progress", "caution"],
  SUBMITTED: ["Submitted", "accent"],
  EXPIRED: ["Expired", ""],
  REVIEWED: ["Reviewed", "good"],
};

const risks = { low: ["Low", "good"], medium: ["Medium", "caution"], high: ["High", "bad"] };

const analyses = {
  pending: ["Waiting", ""],
  processing: ["Running", "caution"],
  complete: ["Complete", "good"],
  failed: ["Failed", "bad"],
};

export const severities = { critical: ["Critical", "bad"], warning: ["Warning", "caution"], info: ["Info", ""] };

/** What each integrity event says, and what else it can mean. */
export const events = {
  TAB_SWITCH: ["Left the interview’s tab", "A notification or a message opened by accident looks the same."],
  WINDOW_BLUR: ["Another window came to the front", "Pop-ups of the system do this without the person acting."],
  FULLSCREEN_EXIT: ["Left fullscreen; the recording paused", "The Escape key is enough."],
  NO_FACE_DETECTED: ["No face in the picture", "Poor light or looking aside can cause it."],
  MULTIPLE_FACES: ["More than one face in the picture", "A poster or someone passing by can cause it."],
  COPY_PASTE_ATTEMPT: ["Tried to copy or paste", "Screen readers and writing aids use the clipboard too."],
  TIME_LIMIT_EXCEEDED: ["Recording ran past the limit", "A device that went to sleep can cause it."],
  DEVTOOLS_OPEN: ["Window shape as with developer tools open", "A browser sidebar has the same shape."],
};

const badge = ([label, tone]) => h("span", { class: `badge ${tone}` }, label);

export const statusBadge = (status) => badge(statuses[status]);
export const riskBadge = (risk) => badge(risks[risk]);
export const analysisBadge = (state) => badge(analyses[state]);
export const severityBadge = (severity) => badge(severities[severity]);
