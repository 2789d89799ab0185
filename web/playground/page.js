// Small helpers for the elements of the page.

export function byId(id) {
  return document.getElementById(id);
}

/** Makes an element with properties and children; texts become text, never HTML. */
export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

let toastTimer;

/** Tells something for a few seconds. */
export function toast(text) {
  const box = byId("toast");
  box.textContent = text;
  box.classList.add("shown");
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => box.classList.remove("shown"), 5000);
}

const tabs = [...document.querySelectorAll("[role=tab]")];

/** Shows a panel, by its id. */
export function selectTab(id) {
  for (const tab of tabs) {
    const panel = tab.getAttribute("aria-controls");
    tab.setAttribute("aria-selected", panel === id);
    tab.tabIndex = panel === id ? 0 : -1;
    byId(panel).hidden = panel !== id;
  }
}

for (const [i, tab] of tabs.entries()) {
  tab.onclick = () => selectTab(tab.getAttribute("aria-controls"));
  tab.onkeydown = ({ key }) => {
    const to = { ArrowLeft: i - 1, ArrowRight: i + 1, Home: 0, End: -1 }[key];
    if (to === undefined) return;
    const next = tabs.at(to % tabs.length);
    next.focus();
    next.click();
  };
}
