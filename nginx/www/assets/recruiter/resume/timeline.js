import { h, svg } from "../../dom.js";
import { period } from "./words.js";

const WIDTH = 600;
const ROW = 14;

/**
 * Positions or education by time: a drawing of the years, the list with everything, and a table of the same.
 *
 * @param name "experience" or "education" @param value makes a value that shows where it stands: `value(pointer, text)`
 */
export function timeline(name, entries, value) {
  if (entries.length === 0) return null;
  const part = (index, field) => entries[index][field] && value(`/${name}/${index}/${field}`, String(entries[index][field]));
  return [
    drawing(entries),
    h("ol", { class: "timeline" }, entries.map((entry, index) => item(name, entry, index, part, value))),
    h("details", { class: "small" }, h("summary", {}, "As a table"), table(name, entries)),
  ];
}

function item(name, entry, index, part, value) {
  const join = (...parts) => parts.filter(Boolean).flatMap((each, at) => (at > 0 ? [" · ", each] : [each]));
  if (name === "education") {
    return h("li", {}, h("p", { class: "what" }, join(part(index, "degree"), part(index, "field"))),
      h("p", { class: "muted" }, join(part(index, "institution"), part(index, "year"))));
  }
  const dates = period(entry);
  return h("li", {}, h("p", { class: "what" }, join(part(index, "title"), part(index, "company"))),
    dates && h("p", { class: "muted" }, value(`/experience/${index}/startDate`, dates)),
    entry.bullets.length > 0 && h("ul", { class: "bullets" }, entry.bullets.map((text, at) => h("li", {}, value(`/experience/${index}/bullets/${at}`, text)))));
}

/** Fractional years: [start, end] or null. */
function span({ startDate, endDate, year }) {
  const at = (date, isEnd) => {
    if (date === "present") return new Date().getUTCFullYear() + (new Date().getUTCMonth() + 1) / 12;
    const [years, month] = date.split("-").map(Number);
    return month ? years + (isEnd ? month : month - 1) / 12 : years + (isEnd ? 1 : 0);
  };
  if (year) return [year, year];
  if (!startDate) return null;
  return [at(startDate, false), at(endDate ?? startDate, true)];
}

// The list below says the same, so the drawing is for the eye only.
function drawing(entries) {
  const spans = entries.map(span);
  const known = spans.filter(Boolean);
  if (known.length < 2) return null;
  const first = Math.floor(Math.min(...known.map(([start]) => start)));
  const last = Math.max(first + 1, Math.ceil(Math.max(...known.map(([, end]) => end))));
  const x = (year) => 8 + (year - first) / (last - first) * (WIDTH - 16);
  const height = known.length * ROW + 24;
  const chart = svg("svg", { viewBox: `0 0 ${WIDTH} ${height}`, class: "years", "aria-hidden": "true" });
  const step = Math.max(1, Math.ceil((last - first) / 8));
  for (let year = first; year <= last; year += step) {
    chart.append(svg("line", { x1: x(year), x2: x(year), y1: 0, y2: height - 18, class: "year-line" }),
      svg("text", { x: x(year), y: height - 4, class: "year-text", "text-anchor": year === first ? "start" : x(year) > WIDTH - 30 ? "end" : "middle" }, String(year)));
  }
  known.forEach(([start, end], row) => {
    chart.append(end - start < 0.05
      ? svg("circle", { cx: x(start), cy: row * ROW + 7, r: 5, class: "bar" })
      : svg("rect", { x: x(start), y: row * ROW + 2, width: Math.max(4, x(end) - x(start)), height: ROW - 5, rx: 4, class: "bar" }));
  });
  return chart;
}

function table(name, entries) {
  const columns = name === "education"
    ? [["Degree", "degree"], ["Field", "field"], ["Institution", "institution"], ["Year", "year"]]
    : [["Title", "title"], ["Company", "company"], ["From", "startDate"], ["To", "endDate"]];
  return h("div", { class: "lines", tabindex: "0", role: "region", "aria-label": name === "education" ? "Education as a table" : "Experience as a table" }, h("table", {},
    h("thead", {}, h("tr", {}, columns.map(([label]) => h("th", { scope: "col" }, label)))),
    h("tbody", {}, entries.map((entry) => h("tr", {}, columns.map(([, field]) => h("td", {}, entry[field] === null || entry[field] === undefined ? "" : String(entry[field]))))))));
}
