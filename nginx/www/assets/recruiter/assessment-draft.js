// An assessment as it is being edited, apart from any page: what is typed, what is sent, what two
// versions have in common.

/** How questions are asked, with what an answer shows. The first four are answered on video. */
export const questionTypes = {
  BEHAVIORAL: ["Behavioural", "What somebody did, in a story of their own."],
  SITUATIONAL: ["Situational", "What somebody would do in a case that you describe."],
  TECHNICAL: ["Technical", "What somebody knows, and how they explain it."],
  ASYNC_VIDEO: ["Open, on video", "Anything else that is answered on video."],
  ASYNC_TEXT: ["In writing", "The answer is typed, not recorded."],
};

export const LEVELS = [1, 2, 3, 4, 5];
const LABELS = ["Not shown", "Partly shown", "Shown", "Strong", "Exemplary"];
let lastKey = 0;

/** A question that nobody has written yet. `key` tells it from others as long as the page lives. */
export function newQuestion(competency = "") {
  return { key: ++lastKey, content: "", type: "BEHAVIORAL", competency, weight: "1",
    levels: LABELS.map((label) => ({ label, description: "", anchors: [] })) };
}

/** The same question once more, as another one. */
export function copyOf(question) {
  return { ...structuredClone(question), key: ++lastKey };
}

export function emptyDraft() {
  return { title: "", jobTitle: "", description: "", questions: [] };
}

/** @param record as the API answers with it */
export function draftOf(record) {
  return {
    title: record.title, jobTitle: record.jobTitle, description: record.description,
    questions: record.questions.map(({ content, type, competency, weight, rubricLevels }) => ({
      key: ++lastKey, content, type, competency: competency.name, weight: String(weight),
      levels: LEVELS.map((number) => {
        const found = rubricLevels.find(({ level }) => level === number);
        return { label: found?.label ?? "", description: found?.description ?? "", anchors: [...found?.behavioralAnchors ?? []] };
      }),
    })),
  };
}

/** A draft that was kept as JSON, with keys of this page. */
export function revived(draft) {
  return { ...draft, questions: draft.questions.map(copyOf) };
}

const written = (anchors) => anchors.filter((anchor) => anchor.trim() !== "");

const sentLevels = (question) => question.levels.map(({ label, description, anchors }) => (
  { label, description, behavioralAnchors: written(anchors) }));

/** What is sent to be saved. A weight that is no number is sent as it was typed: the server says what is wrong with it. */
export function bodyOf({ title, jobTitle, description, questions }) {
  return {
    title, jobTitle, description,
    questions: questions.map((question) => ({
      content: question.content, type: question.type, competency: question.competency, weight: numberIn(question.weight),
      rubricLevels: sentLevels(question),
    })),
  };
}

/** What is sent to be looked at while it is written. */
export function sketchOf({ questions }) {
  return { questions: questions.map((question) => ({ content: question.content, type: question.type, rubricLevels: sentLevels(question) })) };
}

function numberIn(text) {
  const plain = text.trim().replace(",", ".");
  return plain !== "" && Number.isFinite(Number(plain)) ? Number(plain) : text;
}

/** What a question's score counts in the total, from 0 to 1; null unless all weights are numbers above 0. */
export function shareOf(question, questions) {
  const weights = questions.map(({ weight }) => numberIn(weight));
  if (weights.some((weight) => typeof weight !== "number" || weight <= 0)) return null;
  return numberIn(question.weight) / weights.reduce((sum, weight) => sum + weight, 0);
}

/** Whether saving one in the place of the other would change nothing. */
export function isSame(one, other) {
  return JSON.stringify(bodyOf(one)) === JSON.stringify(bodyOf(other));
}

const isSameQuestion = (one, other) => isSame({ questions: [one] }, { questions: [other] });

/** Takes the question out; returns the way to put it back where it was. */
export function remove(questions, question) {
  const index = questions.indexOf(question);
  questions.splice(index, 1);
  return () => questions.splice(Math.min(index, questions.length), 0, question);
}

/** Moves the question by some places, as far as there are any. Returns whether it moved. */
export function move(questions, question, by) {
  const from = questions.indexOf(question);
  const to = from + by;
  if (to < 0 || to >= questions.length) return false;
  questions.splice(to, 0, ...questions.splice(from, 1));
  return true;
}

/**
 * What differs between `mine` and `theirs`, which both began from `base`. Each difference is
 * {name, mine, theirs, position?, choice, isBoth}: `choice` is "mine" or "theirs", whichever
 * changed, and mine when both did (`isBoth`). Questions are compared one by one while their number
 * is the same everywhere, or else as a whole.
 */
export function differences(base, mine, theirs) {
  const found = [];
  const add = (name, versions, same, more = {}) => {
    const [atFirst, own, others] = versions;
    if (same(own, others)) return;
    const isOurs = !same(atFirst, own);
    const isTheirs = !same(atFirst, others);
    found.push({ name, mine: own, theirs: others, choice: isOurs ? "mine" : "theirs", isBoth: isOurs && isTheirs, ...more });
  };
  const all = [base, mine, theirs];
  for (const name of ["title", "jobTitle", "description"]) add(name, all.map((draft) => draft[name]), (one, other) => one === other);
  const lists = all.map(({ questions }) => questions);
  if (lists.every(({ length }) => length === mine.questions.length)) {
    mine.questions.forEach((_, index) => add("question", lists.map((list) => list[index]), isSameQuestion, { position: index + 1 }));
  } else {
    add("questions", lists, (one, other) => isSame({ questions: one }, { questions: other }));
  }
  return found;
}

/** A draft of what was chosen from each difference; the rest is the same in both. */
export function merged(mine, chosen) {
  const result = { ...mine, questions: [...mine.questions] };
  for (const { name, position, choice, theirs } of chosen) {
    if (choice === "mine") continue;
    if (name === "question") result.questions[position - 1] = theirs;
    else result[name] = theirs;
  }
  return revived(result);
}

/**
 * Where a refused value is in the draft: {question, part, level, anchor} with indexes from 0, as far
 * as there are any. Anchors that were not sent, because they are blank, are counted in.
 * @param field as in the server's errors, such as `questions.0.rubricLevels.2.behavioralAnchors.1`
 */
export function placeOf(field, { questions }) {
  const [first, index, part, level, member, anchor] = field.split(".");
  if (first !== "questions" || index === undefined) return { part: first };
  const place = { question: Number(index), part: part ?? "content" };
  if (level === undefined) return place;
  Object.assign(place, { level: Number(level), part: member === "behavioralAnchors" ? "anchors" : member });
  if (anchor === undefined) return place;
  const anchors = questions[place.question].levels[place.level].anchors;
  const sent = anchors.flatMap((text, at) => (text.trim() === "" ? [] : [at]));
  return { ...place, anchor: sent[Number(anchor)] };
}
