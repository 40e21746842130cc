import { h, svg } from "../dom.js";

/**
 * A value with its interval on a line from `from` to `to`, with marks to read it by. What lies
 * beyond the line is drawn at its end.
 *
 * @param interval {lower, upper} or null @param marks numbers
 * @param label what is drawn, in words
 */
export function intervalPlot({ value, interval, from, to, marks, label }) {
  const x = (number) => `${((Math.min(to, Math.max(from, number)) - from) / (to - from)) * 100}%`;
  return h("div", { class: "interval-plot" },
    svg("svg", { role: "img", "aria-label": label },
      svg("line", { class: "ground", x1: "0%", x2: "100%", y1: "50%", y2: "50%" }),
      ...marks.map((mark) => svg("line", { class: "mark", x1: x(mark), x2: x(mark), y1: "25%", y2: "75%" })),
      ...(interval ? [svg("line", { class: "whisker", x1: x(interval.lower), x2: x(interval.upper), y1: "50%", y2: "50%" })] : []),
      svg("circle", { class: "value", cx: x(value), cy: "50%", r: 5 })),
    h("div", { class: "marks figures", "aria-hidden": "true" }, marks.map((mark) => {
      const text = h("span", {}, String(mark));
      text.style.setProperty("--at", x(mark));
      return text;
    })));
}
