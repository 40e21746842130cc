import { problem, Problem, Unreachable } from "../api.js";
import { button, h } from "../dom.js";

/**
 * A button that fetches an interview's report and hands it to the browser as a
 * file. It says beside itself when there is none to be had.
 */
export function reportButton(interviewId) {
  const said = h("span", { class: "small", role: "status" });
  const act = button("PDF report", { class: "quiet small", id: "pdf-report", onclick: async () => {
    act.disabled = true;
    said.textContent = "Drawing…";
    try {
      await download(`/api/async-interviews/${interviewId}/report.pdf`, `interview-report-${interviewId}.pdf`);
      said.textContent = "";
    } catch (error) {
      if (!(error instanceof Problem || error instanceof Unreachable)) throw error;
      said.textContent = error.status === 401 ? "Sign in again first." : `Not loaded: ${error.message}`;
    } finally {
      act.disabled = false;
      act.focus();
    }
  } }, "print");
  return h("div", { class: "report-button" }, act, said);
}

async function download(address, name) {
  let response;
  try {
    response = await fetch(address, { cache: "no-store" });
  } catch {
    throw new Unreachable();
  }
  if (!response.ok) throw await problem(response);
  const url = URL.createObjectURL(await response.blob());
  h("a", { href: url, download: name }).click();
  URL.revokeObjectURL(url);
}
