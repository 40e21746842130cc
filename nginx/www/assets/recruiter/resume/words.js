// What is said about resumes, in words.

export const fieldNames = {
  fullName: "Name", email: "E-mail", phone: "Phone", location: "Location", totalYearsExperience: "Years of experience",
  currentTitle: "Present title", currentCompany: "Present company", summary: "Summary", technicalSkills: "Technical skill",
  softSkills: "Soft skill", experience: "Position", education: "Education", certifications: "Certification", languages: "Language",
};

export const methods = {
  pasted: "from text that was pasted",
  textLayer: "from the characters in the file",
  recognized: "from pictures of the pages, by character recognition: less sure than characters",
  mixed: "from the characters in the file, and of scanned pages from their pictures: less sure than characters",
};

export const hiddenReasons = {
  invisibleColor: "in a colour that cannot be seen", tiny: "in letters too small to read", offPage: "outside the page",
  zeroWidth: "in characters without width", covered: "under something else", markedHidden: "marked as hidden",
};

/** How sure an engine is, from 0 to 1, in words. */
export function confidence(value) {
  return value >= 0.85 ? "sure" : value >= 0.6 ? "fairly sure" : "not sure: compare it with the document";
}

/** Whether a value deserves a look at the document. */
export const isUnsure = (value) => value < 0.6;

/** "2019-03" → "Mar 2019", "present" → "now" */
export function month(date) {
  if (!date) return "?";
  if (date === "present") return "now";
  const [year, number] = date.split("-");
  return number ? `${new Intl.DateTimeFormat("en", { month: "short", timeZone: "UTC" }).format(new Date(`${date}-01T00:00Z`))} ${year}` : year;
}

export function period({ startDate, endDate }) {
  return startDate || endDate ? `${month(startDate)} – ${month(endDate)}` : "";
}

/** The engine's name as a person would say it. */
export const engineName = (name) => (name === "rules" ? "Parley’s own rules" : name);
