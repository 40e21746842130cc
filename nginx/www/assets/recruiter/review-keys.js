import { shortcuts } from "./shortcuts.js";

const STEP_SECONDS = 5;

/**
 * The keys for watching and scoring an answer.
 *
 * @param answer () => {player, form}: those of the answer at hand
 * @param step goes that many questions on
 * @param find the page's find bar
 */
export function reviewKeys({ answer, step, find }) {
  const watch = (label, act) => [label, () => { const { player } = answer(); if (player?.isConnected) act(player); }];
  const play = watch("Play or pause", (player) => player.toggle());
  const back = watch("Back 5 seconds", (player) => player.seek(player.seconds - STEP_SECONDS));
  const forth = watch("Forward 5 seconds", (player) => player.seek(player.seconds + STEP_SECONDS));
  const score = ["Score the answer", ({ key }) => answer().form?.choose(Number(key))];
  const finding = ["Find in what was said", () => find.focus()];
  return shortcuts({
    " ": play, k: play, j: back, ArrowLeft: back, l: forth, ArrowRight: forth,
    "<": watch("Slower", (player) => player.changeSpeed(-1)), ">": watch("Faster", (player) => player.changeSpeed(1)),
    c: watch("Captions", (player) => player.toggleCaptions()),
    1: score, 2: score, 3: score, 4: score, 5: score,
    n: ["Next question", () => step(1)], p: ["Previous question", () => step(-1)],
    f: finding, "/": finding,
  });
}
