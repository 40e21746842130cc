import { button } from "../dom.js";
import { openDeletion } from "./delete-dialog.js";
import { openMenu } from "./menu.js";
import { toast } from "./toast.js";

const OVER = ["SUBMITTED", "REVIEWED", "EXPIRED", "CANCELLED"];

/**
 * A button with what can be deleted of an interview: the recording that is being watched, and all of it.
 *
 * @param interview () => the interview @param question () => the question in view
 * @param recordingDeleted called when a recording is gone
 */
export function deletionMenu(interview, question, recordingDeleted) {
  const trigger = button("Delete…", { class: "quiet small", id: "delete", "aria-haspopup": "menu", "aria-expanded": "false", onclick: () => {
    const items = [["Delete the interview…", all]];
    if (recorded() && OVER.includes(interview().status)) items.unshift([`Delete the recording of question ${question().position}…`, recording]);
    openMenu(trigger, "Delete", items);
  } });
  const recorded = () => interview().videoResponses.find(({ questionId, videoUrl }) => questionId === question()?.id && videoUrl);
  return trigger;

  function recording() {
    const { id } = interview();
    const { position } = question();
    const response = recorded();
    openDeletion({
      scope: "RECORDING", subjectId: response.id, path: `/api/async-interviews/${id}/recordings/${response.questionId}`,
      title: `Delete the recording of question ${position} for good?`, lead: "What was recorded goes, and what was made from it:",
      stays: "The scores and notes that people gave stay, and a record that says how much went and when, without a name.",
    }, () => {
      toast(`The recording of question ${position} is deleted.`);
      recordingDeleted();
    });
  }

  function all() {
    const { id, candidate } = interview();
    openDeletion({
      scope: "INTERVIEW", subjectId: id, path: `/api/async-interviews/${id}`, title: "Delete this interview for good?",
      lead: `The interview of ${candidate.name} goes, and its link with it. With it go:`,
      stays: `${candidate.name} stays among the candidates, and a record that says how much went and when, without a name. Nobody is told; whoever opens the link is.`,
    }, () => location.assign("/deletions"));
  }
}
