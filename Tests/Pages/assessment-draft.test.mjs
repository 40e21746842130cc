import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { bodyOf, differences, draftOf, isSame, merged, move, newQuestion, placeOf, remove, revived, shareOf, sketchOf } = await load("recruiter/assessment-draft.js");

const question = (content, more = {}) => ({ ...newQuestion("Ownership"), content, ...more });
const draft = (contents, more = {}) => ({ title: "Leading", jobTitle: "Lead", description: "", questions: contents.map((content) => question(content)), ...more });

const record = {
  title: "Leading", jobTitle: "Lead", description: "For leads.", version: 3,
  questions: [{ content: "Describe a task.", type: "SITUATIONAL", competency: { id: "1", name: "Ownership" }, weight: 2.5, rubricLevels: [
    { level: 2, label: "Fair", description: "Some of it.", behavioralAnchors: ["Asks"] }] }],
};

test("a saved assessment is edited and sent with all five levels, without blank anchors", () => {
  const edited = draftOf(record);
  assert.deepEqual(edited.questions[0].levels.map(({ label }) => label), ["", "Fair", "", "", ""]);
  edited.questions[0].levels[1].anchors.push("  ", "Follows up");
  const [sent] = bodyOf(edited).questions;
  assert.equal(sent.competency, "Ownership");
  assert.equal(sent.weight, 2.5);
  assert.deepEqual(sent.rubricLevels[1], { label: "Fair", description: "Some of it.", behavioralAnchors: ["Asks", "Follows up"] });
  assert.equal(sent.rubricLevels.length, 5);
  assert.deepEqual(Object.keys(sketchOf(edited).questions[0]), ["content", "type", "rubricLevels"]);
});

test("what was typed for a weight that is no number is sent as it is, for the server to refuse", () => {
  assert.deepEqual(["1,5", " 2 ", "much", ""].map((weight) => bodyOf({ questions: [question("x", { weight })] }).questions[0].weight), [1.5, 2, "much", ""]);
});

test("weights are shares of the total while all of them are numbers", () => {
  const [one, two] = [question("a", { weight: "1" }), question("b", { weight: "3" })];
  assert.equal(shareOf(two, [one, two]), 0.75);
  assert.equal(shareOf(one, [one, question("c", { weight: "x" })]), null);
  assert.equal(shareOf(one, [one, question("c", { weight: "0" })]), null);
});

test("a removed question comes back to its place, and moving stops at the ends", () => {
  const { questions } = draft(["a", "b", "c"]);
  const order = () => questions.map(({ content }) => content).join("");
  const putBack = remove(questions, questions[1]);
  assert.equal(order(), "ac");
  putBack();
  assert.equal(order(), "abc");
  assert.equal(move(questions, questions[0], -1), false);
  assert.equal(move(questions, questions[0], 1), true);
  assert.equal(order(), "bac");
  const last = remove(questions, questions[2]);
  questions.length = 0;
  last();
  assert.equal(order(), "c");
});

test("a draft that was kept as text is the same draft, with questions that can be told apart", () => {
  const mine = draft(["a", "b"]);
  const back = revived(JSON.parse(JSON.stringify(mine)));
  assert.ok(isSame(mine, back));
  assert.equal(new Set([...mine.questions, ...back.questions].map(({ key }) => key)).size, 4);
});

test("of two versions each difference is named, with whoever changed it", () => {
  const base = draft(["a", "b", "c"]);
  const mine = { ...revived(base), title: "Mine", jobTitle: "Both of us" };
  mine.questions[0].content = "mine";
  mine.questions[1].content = "mine too";
  const theirs = { ...revived(base), description: "Theirs", jobTitle: "Us" };
  theirs.questions[1].content = "theirs";
  const found = differences(base, mine, theirs);
  assert.deepEqual(found.map(({ name, position, choice, isBoth }) => [name, position, choice, isBoth]), [
    ["title", undefined, "mine", false], ["jobTitle", undefined, "mine", true], ["description", undefined, "theirs", false],
    ["question", 1, "mine", false], ["question", 2, "mine", true]]);
  found[1].choice = "theirs";
  found[4].choice = "theirs";
  const chosen = merged(mine, found);
  assert.deepEqual([chosen.title, chosen.jobTitle, chosen.description], ["Mine", "Us", "Theirs"]);
  assert.deepEqual(chosen.questions.map(({ content }) => content), ["mine", "theirs", "c"]);
  assert.equal(mine.questions[1].content, "mine too");
});

test("when their number differs, questions are one difference", () => {
  const base = draft(["a"]);
  const found = differences(base, draft(["a", "b"]), draft(["changed"]));
  assert.deepEqual(found.map(({ name, isBoth }) => [name, isBoth]), [["questions", true]]);
  found[0].choice = "theirs";
  assert.deepEqual(merged(draft(["a", "b"]), found).questions.map(({ content }) => content), ["changed"]);
});

test("a refused value is found where it was typed, blank anchors counted in", () => {
  const questions = [question("a"), question("b")];
  questions[1].levels[2].anchors = ["", "first", " ", "second"];
  const place = (field) => placeOf(field, { questions });
  assert.deepEqual(place("title"), { part: "title" });
  assert.deepEqual(place("questions"), { part: "questions" });
  assert.deepEqual(place("questions.1.weight"), { question: 1, part: "weight" });
  assert.deepEqual(place("questions.1.rubricLevels.2.label"), { question: 1, part: "label", level: 2 });
  assert.deepEqual(place("questions.1.rubricLevels.2.behavioralAnchors.1"), { question: 1, part: "anchors", level: 2, anchor: 3 });
});
