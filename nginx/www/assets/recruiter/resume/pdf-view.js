import { h } from "../../dom.js";

const SCRIPT = "/vendor/pdf/build/pdf.js";
const MOST_PAGES = 20;

let library = null;

/** PDF.js as Debian ships it: a classic script that makes a global. */
function load() {
  library ??= new Promise((resolve, reject) => {
    const script = h("script", { src: SCRIPT, onload: () => resolve(globalThis.pdfjsLib), onerror: () => reject(new Error("PDF.js could not be loaded")) });
    document.head.append(script);
  }).then((pdf) => {
    pdf.GlobalWorkerOptions.workerSrc = "/vendor/pdf/build/pdf.worker.js";
    return pdf;
  });
  return library;
}

/**
 * Draws a PDF's pages into an element, as wide as it is.
 *
 * @returns {mark(places)}: lays marks over passages, [{page, x, y, width, height}] in points, and scrolls to the first
 */
export async function pdfView(container, url) {
  container.replaceChildren(h("p", { class: "muted", role: "status" }, "Loading the pages…"));
  const pdf = await load();
  const file = await pdf.getDocument({
    url, isEvalSupported: false, enableXfa: false, cMapUrl: "/vendor/pdf/web/cmaps/", cMapPacked: true, standardFontDataUrl: "/vendor/pdf/web/standard_fonts/",
  }).promise;
  const count = Math.min(file.numPages, MOST_PAGES);
  const sheets = [];
  for (let number = 1; number <= count; number += 1) sheets.push(await sheet(file, number, container.clientWidth - 2));
  container.replaceChildren(...sheets.map(({ element }) => element),
    ...(file.numPages > count ? [h("p", { class: "muted small" }, `The first ${count} of ${file.numPages} pages are shown. Open the file for the others.`)] : []));
  return {
    mark(places) {
      for (const { marks } of sheets) marks.replaceChildren();
      let first = null;
      for (const { page, x, y, width, height } of places) {
        const { marks, points } = sheets[page - 1] ?? {};
        if (!marks) continue;
        const mark = h("span", { class: "page-mark" });
        const share = (part, whole) => `${part / whole * 100}%`;
        Object.assign(mark.style, {
          left: share(x, points.width), top: share(y, points.height), width: share(width, points.width), height: share(height, points.height),
        });
        marks.append(mark);
        first ??= mark;
      }
      if (!first) return;
      const offset = first.getBoundingClientRect().top - container.getBoundingClientRect().top;
      container.scrollTop += offset - container.clientHeight / 3;
    },
  };
}

async function sheet(file, number, width) {
  const page = await file.getPage(number);
  const points = page.getViewport({ scale: 1 });
  const viewport = page.getViewport({ scale: Math.max(0.2, width / points.width) * Math.min(2, devicePixelRatio) });
  const canvas = h("canvas", { width: Math.floor(viewport.width), height: Math.floor(viewport.height), role: "img", "aria-label": `Page ${number}. What it says is under “Text”.` });
  await page.render({ canvasContext: canvas.getContext("2d"), viewport }).promise;
  const marks = h("div", { class: "page-marks", "aria-hidden": "true" });
  return { element: h("div", { class: "sheet" }, canvas, marks), marks, points };
}
