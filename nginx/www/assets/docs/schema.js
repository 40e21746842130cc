// JSON Schemas (2020-12, as our description uses them) in words.

/** Of a schema that also allows null, what it says of other values. */
function present(schema) {
  return schema.anyOf?.find(({ type }) => type !== "null") ?? schema;
}

/**
 * A line for each property, those of objects within it below it:
 * [{name, depth, type, rule, isRequired, note}].
 */
export function rows(schema, depth = 0) {
  const { properties = {}, required = [] } = present(schema);
  return Object.entries(properties).flatMap(([name, property]) => [
    { name, depth, type: typeOf(property), rule: ruleOf(property), isRequired: required.includes(name), note: present(property).description ?? "" },
    ...rows(elementOf(property), depth + 1),
  ]);
}

/** What an array holds, an array of arrays too; anything else itself. */
function elementOf(schema) {
  const { type, items } = present(schema);
  return type === "array" && items ? elementOf(items) : schema;
}

/** "string", "array of objects", "integer or null" */
export function typeOf(schema) {
  const { type, items } = present(schema);
  const name = type === "array" ? `array${items ? ` of ${plural(present(items))}` : ""}` : type ?? (present(schema).const === undefined ? "any JSON" : typeof present(schema).const);
  return present(schema) === schema ? name : `${name} or null`;
}

function plural(schema) {
  return schema.type === "array" ? "arrays" : schema.type ? `${schema.type}s` : "any JSON";
}

/** "1 to 200 characters", "one of A, B", "30 to 600"; empty if there is none. */
export function ruleOf(schema) {
  const own = present(schema);
  const { enum: words, examples, format, pattern, items } = own;
  const inArray = items && (present(items).enum || present(items).minLength !== undefined) ? `each ${ruleOf(items)}` : "";
  return [
    own.const !== undefined && `always ${own.const}`, words && `one of ${words.join(", ")}`, { uuid: "id", "date-time": "date and time", email: "e-mail address" }[format] ?? format,
    span(own.minLength, own.maxLength, "character"), span(own.minimum, own.maximum), span(own.minItems, own.maxItems, "element"),
    examples ? `such as ${examples.map((each) => JSON.stringify(each)).join(" or ")}` : pattern && `like ${pattern}`, inArray,
  ].filter(Boolean).join(", ");
}

function span(least, most, noun) {
  if (least === undefined && most === undefined) return "";
  const unit = noun ? ` ${noun}${(most ?? least) === 1 ? "" : "s"}` : "";
  if (most === undefined) return `at least ${least}${unit}`;
  if (least === undefined || (noun && least === 0)) return `at most ${most}${unit}`;
  return least === most ? `${least}${unit}` : `${least} to ${most}${unit}`;
}
