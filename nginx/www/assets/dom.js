/**
 * Makes an element: `h("p", { class: "muted" }, "text", child)`. Strings become
 * text nodes, never markup. `on…` attributes are listeners, `true` is an empty
 * attribute, `false`, `null` and `undefined` leave the attribute out.
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Makes an SVG element, with the same rules for attributes. */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** A drawing that says nothing to a screen reader; the text beside it does. */
export function icon(name) {
  return h("span", { class: `icon icon-${name}`, "aria-hidden": "true" });
}

/** A button; `type="button"` unless told otherwise. */
export function button(label, attributes = {}, iconName = null) {
  const { class: classes = "", ...rest } = attributes;
  return h("button", { type: "button", ...rest, class: `button ${classes}`.trim() }, iconName && icon(iconName), label);
}
