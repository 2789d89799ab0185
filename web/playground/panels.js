// What the panels beside the editor show of findings, of what Loong does, and of rules.
import { byId, element } from "./page.js";
import { fixesOf } from "../wasm/core.js";

/** Shows findings; on says what happens when one is chosen, fixed or explained. */
export function showFindings(findings, { summary }, on) {
  const items = findings.map((finding) => {
    const jump = element(
      "button",
      { type: "button", className: "jump", onclick: () => on.select(finding) },
      element("span", { className: `level ${finding.severity}`, textContent: finding.severity }),
      ` ${finding.message} `,
      element("span", { className: "place", textContent: `line ${finding.start.line}` }),
    );
    const parts = [jump];
    for (const text of [finding.note, finding.help]) if (text) parts.push(element("p", { textContent: text }));
    for (const { message, start, end } of finding.related ?? []) {
      parts.push(button("link related", `line ${start.line}: ${message}`, () => on.select({ start, end })));
    }
    const row = element("div", { className: "row" });
    for (const [i, fix] of fixesOf(finding).entries()) {
      const made = button("fix", fix.message, () => on.applyFix(finding, i));
      made.title = fix.safety === "safe" ? "safe: the file keeps its meaning" : "afterwards the file may mean something else";
      row.append(made);
    }
    row.append(button("link", finding.rule, () => on.explain(finding.rule)));
    return element("li", {}, ...parts, row);
  });
  const all = summary.errors + summary.warnings + summary.infos;
  const rest = all > findings.length ? [element("p", { textContent: `The first ${findings.length} of ${all} findings are shown.` })] : [];
  const none = findings.length === 0 ? [element("p", { className: "none", textContent: noFindings(summary) })] : [];
  const list = element("ul", { className: "findings" }, ...items);
  list.setAttribute("role", "list");
  byId("findings").replaceChildren(...none, list, ...rest);
}

function noFindings({ hidden }) {
  const infos = hidden.infos + hidden.warnings;
  return infos > 0 ? `Nothing to report at this level; ${infos} below it.` : "Nothing to report.";
}

function button(className, textContent, onclick) {
  return element("button", { type: "button", className, textContent, onclick });
}

/** Shows the document loonglint.resolve.v1, null where the text is beyond a limit. */
export function showResolution(resolution, verdict) {
  const panel = byId("resolution");
  if (!resolution || verdict === "undecodable" || verdict === "crashes") {
    panel.replaceChildren(element("p", { textContent: "Loong cannot read this file, so it does nothing with it. The findings say why." }));
    return;
  }
  const parts = [];
  if (resolution.diagnostics?.length > 0) {
    parts.push(element("h2", { textContent: "What Loong's own validation says" }));
    parts.push(element("ul", {}, ...resolution.diagnostics.map((d) => element("li", {}, `${d.severity}: `, code(d.code), " at ", code(d.field_path)))));
  }
  if (verdict === "refused") parts.unshift(element("p", { textContent: "Loong refuses this file, so it uses no profile of it." }));
  for (const [id, profile] of Object.entries(resolution.profiles ?? {})) parts.push(...profileParts(id, profile, resolution));
  parts.push(...channelParts(resolution.channels ?? {}));
  if (resolution.ignored?.length > 0) {
    parts.push(element("h2", { textContent: "Written without effect" }));
    parts.push(table(resolution.ignored.map(({ key, reason, by }) => [code(key), by ? element("span", {}, `${reason}; what counts is `, code(by)) : reason])));
  }
  panel.replaceChildren(...parts);
}

function profileParts(id, profile, { active_provider: active }) {
  const { credential } = profile;
  const names = credential.env_names.flatMap((name, i) => [i > 0 ? ", " : "", code(name)]);
  const state = { true: "there is one", false: credential.required ? "there is none" : "there is none, and none is needed" }[credential.resolved] ?? "not known whether there is one";
  const rows = [
    ["kind", code(profile.kind)],
    ["chat", code(profile.chat_url ?? profile.request_url)],
    ["models", code(profile.models_url)],
    ["model", code(profile.model)],
    ["transport", profile.transport],
    ["credential", element("span", {}, state, names.length > 0 ? "; variables: " : "", ...names)],
  ];
  if (profile.preferred_models.length > 0) rows.push(["preferred models", profile.preferred_models.join(", ")]);
  const title = element("h2", {}, "Profile ", code(id), id === active ? element("span", { className: "active", textContent: "active" }) : "");
  return [title, table(rows)];
}

function channelParts(channels) {
  const rows = Object.entries(channels)
    .filter(([, { enabled }]) => enabled)
    .flatMap(([id, { accounts }]) => Object.entries(accounts).map(([name, { send, serve }]) => [code(`${id} ${name}`), `sends: ${send}; serves: ${serve}`]));
  return rows.length > 0 ? [element("h2", { textContent: "Channels that are on" }), table(rows)] : [];
}

function table(rows) {
  return element("table", {}, ...rows.map(([name, value]) => {
    const head = element("th", {}, name);
    head.scope = "row";
    return element("tr", {}, head, element("td", {}, value));
  }));
}

function code(text) {
  return element("code", { textContent: text });
}

/** Lists all rules by group. */
export function showRules(rules, on) {
  const groups = new Map();
  for (const rule of rules) groups.set(rule.group, [...(groups.get(rule.group) ?? []), rule]);
  const parts = [...groups].sort().flatMap(([group, members]) => [
    element("h2", { textContent: group }),
    element("ul", { className: "rules" }, ...members.map((rule) => element("li", {}, button("link", rule.name, () => on.explain(rule.name)), ` ${rule.summary}`))),
  ]);
  byId("rule").replaceChildren(...parts);
}

/** Shows the documentation of a rule. */
export function showRule(rule, on) {
  const parts = [
    button("link", "← All rules", on.back),
    element("h2", {}, rule.name, " ", element("span", { className: `level ${rule.level}`, textContent: rule.level })),
    element("p", { textContent: `${rule.summary}.` }),
    ...rule.documentation.split(/\n{2,}/).map((text) => element("p", { textContent: text.replaceAll("\n", " ") })),
  ];
  if (rule.levels) parts.push(element("p", { textContent: `Level: ${rule.levels}.` }));
  if (rule.compares_files) parts.push(element("p", { textContent: "It compares files: loonglint audit reports it." }));
  if (rule.needs === "network") parts.push(element("p", { textContent: "It needs the network: loonglint probe reports it." }));
  if (rule.bad) {
    parts.push(element("h3", { textContent: "Example" }), element("pre", { textContent: rule.bad, tabIndex: 0 }));
    if (!rule.compares_files) parts.push(button("try", "Try it", () => on.tryRule(rule)));
  }
  if (rule.good) parts.push(element("h3", { textContent: "Corrected" }), element("pre", { textContent: rule.good, tabIndex: 0 }));
  parts.push(element("p", {}, element("a", { href: rule.url, target: "_blank", rel: "noreferrer", textContent: "Its page" })));
  byId("rule").replaceChildren(...parts);
  byId("rule").scrollTop = 0;
}
