// The candidate's words: one module per language under /assets/texts.
const languages = ["en"];

const language = navigator.languages
  .map((tag) => tag.toLowerCase().split("-")[0])
  .find((tag) => languages.includes(tag)) ?? "en";
const { default: texts } = await import(`./texts/${language}.js`);
const plural = new Intl.PluralRules(language);

/** The reader's form of the texts' language, for numbers and dates beside them. */
export const locale = navigator.languages.find((tag) => tag.toLowerCase().split("-")[0] === language) ?? language;

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
