// The settings of the page: what is known of variables, which Loong, which rules.
import { byId, element } from "./page.js";

export class Settings {
  #rules;
  #switches = new Map(); // the select of each rule

  /** changed is called after each change by the user, explain with the name of a rule. */
  constructor({ targets, rules, changed, explain }) {
    this.#rules = rules.filter((rule) => !rule.mandatory && !rule.compares_files && rule.needs !== "network");
    const [newest] = targets.filter((name) => name !== "dev").slice(-1);
    const choices = [["", `${newest}, the newest`], ...targets.filter((name) => name !== newest).map((name) => [name, name]), [`${targets[0]}..${targets.at(-1)}`, "all of these"]];
    byId("target").append(...choices.map(([value, textContent]) => element("option", { value, textContent })));
    for (const rule of this.#rules) this.#addSwitch(rule, explain);
    byId("settings").addEventListener("input", ({ target }) => {
      if (target.id === "filter") this.#filter(target.value);
      else changed();
      if (target.id === "variables") document.querySelector("[name=world][value=listed]").checked = true;
    });
  }

  #addSwitch({ name, opt_in: optIn }, explain) {
    const choices = [["", optIn ? "off" : "on"], ["other", optIn ? "on" : "off"]];
    const select = element("select", { ariaLabel: name }, ...choices.map(([value, textContent]) => element("option", { value, textContent })));
    this.#switches.set(name, select);
    const link = element("button", { type: "button", className: "link", textContent: name, onclick: () => explain(name) });
    byId("switches").append(element("div", { className: "switch" }, link, select));
  }

  #filter(text) {
    for (const [name, select] of this.#switches) select.parentElement.hidden = !name.includes(text.trim().toLowerCase());
  }

  #switched(optIn) {
    return this.#rules.filter((rule) => rule.opt_in === optIn && this.#switches.get(rule.name).value).map((rule) => rule.name);
  }

  get #lines() {
    if (!document.querySelector("[name=world][value=listed]").checked) return undefined;
    return byId("variables").value.split("\n").map((line) => line.trim()).filter((line) => line && !line.startsWith("#"));
  }

  /** The options of the library. */
  get options() {
    const { settings, target, level, enable, disable } = this.state;
    const lines = this.#lines;
    return {
      settings,
      target,
      enable,
      disable,
      minLevel: level,
      today: new Date().toLocaleDateString("sv"), // as 2006-01-02
      environment: lines && {
        names: lines.filter((line) => !line.includes("=")),
        variables: Object.fromEntries(lines.filter((line) => line.includes("=")).map((line) => [line.slice(0, line.indexOf("=")).trim(), line.slice(line.indexOf("=") + 1)])),
      },
    };
  }

  /** What a link holds of the settings; values of variables are not in it. */
  get state() {
    return {
      settings: byId("own").value || undefined,
      variables: this.#lines?.map((line) => line.split("=")[0].trim()),
      target: byId("target").value || undefined,
      level: byId("level").value,
      enable: this.#switched(true),
      disable: this.#switched(false),
    };
  }

  // variables are names, or NAME=value.
  set state({ settings = "", variables, target = "", level = "warning", enable = [], disable = [] }) {
    byId("own").value = settings;
    byId("variables").value = (variables ?? []).join("\n");
    document.querySelector(`[name=world][value=${variables ? "listed" : "unknown"}]`).checked = true;
    byId("target").value = target;
    byId("level").value = level;
    for (const [name, select] of this.#switches) select.value = enable.includes(name) || disable.includes(name) ? "other" : "";
  }

  /** What is wrong with the settings; empty where nothing is. */
  set wrong(message) {
    byId("wrong").textContent = message;
    byId("wrong").hidden = !message;
    byId("tab-settings").classList.toggle("has-error", Boolean(message));
    if (message) byId("verdict").textContent = `The settings are wrong: ${message}`;
  }
}
