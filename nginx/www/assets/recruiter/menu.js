import { h } from "../dom.js";

// A menu of actions below a button, as https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/ asks.

let open = null;

/** @param items [[label, action]] */
export function openMenu(trigger, label, items) {
  if (open) return close();
  const menu = h("div", { class: "menu card", role: "menu", "aria-label": label, onkeydown: (event) => move(event, menu) },
    items.map(([text, action]) => h("button", {
      type: "button", role: "menuitem", tabindex: "-1", onclick: () => { close(); action(); },
    }, text)));
  open = { menu, trigger };
  trigger.setAttribute("aria-expanded", "true");
  trigger.closest("main").append(menu);
  const { bottom, top, right } = trigger.getBoundingClientRect();
  const isLow = bottom + menu.offsetHeight > innerHeight;
  menu.style.insetBlockStart = `${(isLow ? top - menu.offsetHeight : bottom) + scrollY}px`;
  menu.style.insetInlineStart = `${Math.max(8, right - menu.offsetWidth)}px`;
  menu.firstElementChild.focus({ preventScroll: true });
}

function close({ refocus = true } = {}) {
  const { menu, trigger } = open;
  open = null;
  trigger.setAttribute("aria-expanded", "false");
  if (refocus) trigger.focus({ preventScroll: true });
  menu.remove();
}

function move(event, menu) {
  const items = [...menu.children];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (to !== undefined) items.at(to % items.length).focus();
  else if (event.key === "Escape" || event.key === "Tab") close();
  else return;
  event.preventDefault();
}

document.addEventListener("pointerdown", (event) => {
  if (open && !open.menu.contains(event.target) && !open.trigger.contains(event.target)) close({ refocus: false });
});
