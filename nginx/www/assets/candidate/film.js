import { button, h } from "../dom.js";
import { language, languages, t } from "../texts.js";

// Tests/Journeys/film.py films this page, in every language, and writes /assets/film.

const STEPS = ["think", "record", "stop", "look", "use", "saved", "submit", "receipt"];
const SIZE = { width: 960, height: 600 };
const file = (name) => `/assets/film/${name}`;

/** How an interview goes, as a silent film with captions and in words. Nothing of the film is loaded until it is asked for. */
export function film() {
  const poster = h("img", { src: file(`${language}.webp`), alt: "", loading: "lazy", ...SIZE });
  const watch = button(t("film.watch"), { id: "watch-film", onclick: () => play(section, poster) }, "play");
  const section = h("section", { class: "film", "aria-labelledby": "film" },
    poster,
    h("div", { class: "film-words" },
      h("h2", { id: "film" }, t("film.title")),
      h("p", { class: "muted small" }, t("film.note")),
      h("p", {}, watch)),
    h("details", { id: "film-text" },
      h("summary", {}, t("film.read")),
      h("ol", { class: "steps" }, STEPS.map((step) => h("li", {}, t(`film.${step}`))))));
  return section;
}

function play(section, poster) {
  const video = h("video", {
    id: "film-video", controls: true, playsinline: true, preload: "none", poster: poster.src, "aria-label": t("film.title"), ...SIZE,
  },
  h("source", { src: file(`${language}.webm`), type: "video/webm" }),
  h("source", { src: file(`${language}.mp4`), type: "video/mp4" }),
  Object.entries(languages).map(([code, { name }]) => h("track", {
    kind: "captions", src: file(`${code}.vtt`), srclang: code, label: name, default: code === language,
  })));
  section.classList.add("open");
  section.querySelector("#watch-film").parentElement.remove();
  poster.replaceWith(video);
  video.focus();
  video.play();
}
