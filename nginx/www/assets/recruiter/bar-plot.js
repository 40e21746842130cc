import { h, svg } from "../dom.js";

/**
 * A bar for each row, from the left, beside its label and its value in words.
 *
 * @param rows [{label, value: a number or null where there is too little to say, text, tone}]
 * @param most the value that fills the line @param label what is drawn, in words
 */
export function barPlot(rows, most, label) {
  return h("div", { class: "bar-plot", role: "img", "aria-label": label }, rows.map(({ label: name, value, text, tone = "" }) => h("div", { class: "bar-row" },
    h("span", { class: "bar-label" }, name),
    svg("svg", { "aria-hidden": "true" }, svg("rect", { class: "ground", x: 0, y: "50%", width: "100%", height: 1 }),
      svg("rect", { class: `value ${tone}`, x: 0, y: 0, width: `${most > 0 && value !== null ? (value / most) * 100 : 0}%`, height: "100%", rx: 3 })),
    h("span", { class: "bar-text figures" }, text))));
}

/**
 * A column for each of a few counts, with its name below.
 *
 * @param columns [{label, count, tone}] @param label what is drawn, in words
 */
export function columnPlot(columns, label) {
  const most = Math.max(1, ...columns.map(({ count }) => count));
  const width = 100 / columns.length;
  return h("div", { class: "column-plot", role: "img", "aria-label": label },
    svg("svg", { viewBox: "0 0 100 48", preserveAspectRatio: "none", "aria-hidden": "true" }, ...columns.map(({ count, tone = "" }, place) => {
      const height = count === 0 ? 0.75 : Math.max(2, (count / most) * 48);
      return svg("rect", { class: `value ${count === 0 ? "none" : tone}`, x: place * width + width * 0.12, y: 48 - height, width: width * 0.76, height });
    })),
    h("div", { class: "column-labels figures" }, columns.map(({ label: name }) => h("span", {}, name))));
}
