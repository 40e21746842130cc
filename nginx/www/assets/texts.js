// The candidate's words: one module per language under /assets/texts.

/** Every language there is: its own name and the direction it is written in. */
export const languages = {
  en: { name: "English", direction: "ltr" },
  de: { name: "Deutsch", direction: "ltr" },
  es: { name: "Español", direction: "ltr" },
};

const base = (tag) => tag.toLowerCase().split("-")[0];
const asked = new URLSearchParams(location.search).get("lang") ?? "";

/** The language of the page: the one the address asks for, else the first of the browser's that there is. */
export const language = [asked, ...navigator.languages].map(base).find((tag) => Object.hasOwn(languages, tag)) ?? "en";

/** The reader's form of that language, for numbers and dates beside the texts. */
export const locale = navigator.languages.find((tag) => base(tag) === language) ?? language;

const { default: texts } = await import(`./texts/${language}.js`);
const plural = new Intl.PluralRules(language);

/**
 * The text of a key with `{name}` places filled from `values`. A text that is
 * an object of plural forms is chosen by `values.count`.
 */
export function t(key, values = {}) {
  const entry = texts[key];
  if (entry === undefined) throw new Error(`No text for ${key}`);
  const text = typeof entry === "string" ? entry : entry[plural.select(values.count)] ?? entry.other;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** What a `Problem` says, in the page's language: the server's own sentence is English. */
export function explain(problem) {
  if (language === "en") return problem.message;
  const key = `problem.${problem.code}`;
  return t(texts[key] === undefined ? "problem.INTERNAL_ERROR" : key);
}
