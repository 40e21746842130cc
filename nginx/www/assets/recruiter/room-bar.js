import { h } from "../dom.js";
import { bytes } from "../format.js";

/** How much of a quota is used, as a bar and in words. */
export function roomBar({ usedBytes, quotaBytes }) {
  const part = quotaBytes === 0 ? 1 : Math.min(1, usedBytes / quotaBytes);
  const bar = h("span", { class: "bar", "data-part": part, "aria-hidden": "true" });
  bar.style.setProperty("--part", part);
  return h("p", { class: "room small" }, bar, h("span", { class: "figures" }, `${bytes(usedBytes)} of ${bytes(quotaBytes)}`));
}
