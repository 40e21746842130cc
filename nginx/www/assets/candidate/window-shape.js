const DEVTOOLS_PIXELS = 160;

/**
 * The window-size rule: tools docked at the side take more than 160 pixels of
 * the width. Page zoom shrinks the height at least as much as the width, so a
 * width that shrank more is not zoom.
 */
export function devtoolsSeemOpen({ outerWidth, innerWidth, outerHeight, innerHeight }, { fullscreen, touch, pinched }) {
  if (fullscreen || touch || pinched || innerWidth === 0 || innerHeight === 0) return false;
  return outerWidth - innerWidth > DEVTOOLS_PIXELS && outerWidth / innerWidth > outerHeight / innerHeight;
}
