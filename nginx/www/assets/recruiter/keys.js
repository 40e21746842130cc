// Which shortcut a pressed key means, and how shortcuts are written down. A key
// is named as in `KeyboardEvent.key`: "j", "?", " ", "ArrowLeft".

const names = { " ": "Space", ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", Escape: "Esc" };

// What handles some keys itself, so that they are not taken from it.
const typing = "input:not([type=checkbox], [type=radio], [type=range], [type=button], [type=submit]), textarea, select, [contenteditable]";
const own = [
  [/^(?: |Enter)$/, "a, button, summary, input, video, audio, [role=button], [role=menuitem], [role=slider]"],
  [/^Arrow|^Home$|^End$/, "input, video, audio, [role=menu] *, [role=slider], [role=tab]"],
];

/**
 * The action for an event, or null: none while one types, with Ctrl, Alt or Meta held, within an
 * open dialog or menu, or where the focused control uses the key itself.
 */
export function actionFor(event, keys) {
  const { key, target } = event;
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return null;
  if (!Object.hasOwn(keys, key)) return null;
  if (target.closest?.(`${typing}, dialog, [popover]`)) return null;
  if (own.some(([pattern, controls]) => pattern.test(key) && target.closest?.(controls))) return null;
  return keys[key][1];
}

/** What is listed as help: each label once, with all of its keys as they are printed on keyboards. */
export function listing(keys) {
  const rows = new Map();
  for (const [key, [label]] of Object.entries(keys)) rows.set(label, [...rows.get(label) ?? [], names[key] ?? key]);
  return [...rows].map(([label, printed]) => ({ label, keys: printed }));
}
