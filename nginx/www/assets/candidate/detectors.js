import { devtoolsSeemOpen } from "./window-shape.js";

// Each detector by itself; what a detector is says watch.js. The reasons why one
// cannot see are read by those who review the answers: "Not watched: it broke down."

const BLUR_MS = 200;

const isHidden = () => document.visibilityState === "hidden";
const whileVisible = () => (isHidden() ? "the page was in the background" : null);

/** Every detector, the ones that cannot watch here too. */
export function makeDetectors() {
  return [tab(), otherWindow(), fullscreen(), devtools(), clipboard(), timeLimit(), face()];
}

// Sees in the background too: that the page is there is just what it watches for.
function tab() {
  return {
    name: "tab", events: ["TAB_SWITCH"], unavailable: null,
    start({ report, listen }) {
      // Closing or reloading the page also hides it, and is not a switch.
      let isLeaving = false;
      listen(window, "pagehide", () => { isLeaving = true; });
      listen(window, "pageshow", () => { isLeaving = false; });
      listen(document, "visibilitychange", () => { if (isHidden() && !isLeaving) report("TAB_SWITCH"); });
    },
  };
}

// Changing the tab also takes the focus from the window; that is one act and reported once.
function otherWindow() {
  return {
    name: "window", events: ["WINDOW_BLUR"], unavailable: null, obstacle: whileVisible,
    start({ report, listen }) {
      listen(window, "blur", () => setTimeout(() => { if (!isHidden()) report("WINDOW_BLUR"); }, BLUR_MS));
    },
  };
}

// The question reports leaving itself, since only while recording it matters.
function fullscreen() {
  return {
    name: "fullscreen", events: ["FULLSCREEN_EXIT"],
    unavailable: document.fullscreenEnabled ? null : "this browser has no fullscreen",
    obstacle: () => (document.fullscreenElement ? null : "the page was not in fullscreen"),
  };
}

function devtools() {
  const touch = window.matchMedia("(pointer: coarse)").matches;
  let wasOpen = false;
  const excuses = () => ({
    touch, fullscreen: document.fullscreenElement !== null, pinched: (window.visualViewport?.scale ?? 1) !== 1,
  });
  return {
    name: "devtools", events: ["DEVTOOLS_OPEN"],
    unavailable: touch ? "the shape of the window says nothing on a touch screen" : null,
    obstacle() {
      const { fullscreen, pinched } = excuses();
      if (fullscreen) return "the shape of the window says nothing in fullscreen";
      if (pinched) return "the shape of the window says nothing while the page is magnified";
      return whileVisible();
    },
    start({ report, listen }) {
      const look = () => {
        const isOpen = devtoolsSeemOpen(window, excuses());
        if (isOpen && !wasOpen) report("DEVTOOLS_OPEN", { widthDifference: window.outerWidth - window.innerWidth });
        wasOpen = isOpen;
      };
      listen(window, "resize", look);
      look();
    },
  };
}

function clipboard() {
  return {
    name: "clipboard", events: ["COPY_PASTE_ATTEMPT"], unavailable: null, obstacle: whileVisible,
    appliesTo: (question) => question.type === "ASYNC_TEXT",
    start({ report, listen }) {
      for (const type of ["copy", "cut", "paste"]) {
        listen(document, type, (event) => {
          event.preventDefault();
          report("COPY_PASTE_ATTEMPT", { action: type });
        });
      }
    },
  };
}

// The question reports it when an answer ran over; the clock sees everything but sleep.
function timeLimit() {
  return { name: "time-limit", events: ["TIME_LIMIT_EXCEEDED"], unavailable: null };
}

function face() {
  return { name: "face", events: ["NO_FACE_DETECTED", "MULTIPLE_FACES"], unavailable: "not part of this installation" };
}
