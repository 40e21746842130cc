// Links that change the address and what the page shows, not the whole page.

/** Whether a click asks for nothing but to follow: no other tab, no other window, no menu. */
export function isPlain({ button, metaKey, ctrlKey, shiftKey }) {
  return button === 0 && !metaKey && !ctrlKey && !shiftKey;
}

/**
 * @param selector which links
 * @param followed shows what the address says now, after a click
 * @param returned the same, after the browser's Back and Forward
 */
export function followLinks(selector, followed, returned = followed) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest(selector);
    if (!link || !isPlain(event)) return;
    event.preventDefault();
    history.pushState(null, "", link.href);
    followed();
  });
  window.addEventListener("popstate", () => returned());
}
