// The page: what is typed is checked in a worker, and shown. Nothing of it leaves the page (nothingLeaves).
import bot from "./examples/team-bot.toml";
import gateway from "./examples/gateway.toml";
import laptop from "./examples/laptop.toml";
import merged from "./examples/merged.toml";
import { Client, Stopped } from "./client.js";
import { Editor } from "./editor.js";
import { decode, encode } from "./link.js";
import { byId, element, selectTab, toast } from "./page.js";
import { showFindings, showResolution, showRule, showRules } from "./panels.js";
import { Settings } from "./settings.js";
import { fixesOf } from "../wasm/core.js";

const examples = { "A bot for a team": bot, "A gateway": gateway, "A merge left behind": merged, "A good file": laptop };

/** The most findings that are shown at a time. */
const mostShown = 200;

/** How long typing may pause before the text is checked, in milliseconds. */
const pause = 80;

const client = await load();
const { version, targets, rules } = await client.ready;
const settings = new Settings({ targets, rules, changed: checkSoon, explain: showRuleOf });
const editor = new Editor(byId("editor"), {
  changed: checkSoon,
  complete,
  hover,
  keys: [
    { key: "Alt-Enter", run: fixHere },
    { key: "F2", run: () => (rename(), true) },
  ],
});

// What is shown: the text and its findings.
let shown = { text: null, findings: [] };
let timer;
let isChecking = false;
let isOutdated = false;

showRules(rules, { explain: showRuleOf });
fillExamples();
byId("versions").textContent = `loonglint ${version}; knows Loong ${targets.join(", ")}`;
byId("share").onclick = share;
byId("copy").onclick = copy;
byId("fix-all").onclick = () => change("repair", {});
for (const button of document.querySelectorAll("header button")) button.disabled = false;
addEventListener("hashchange", openLink);
if (!(await openLink())) open({ text: bot });

// For tests.
document.documentElement.dataset.ready = "yes";
window.loonglintPage = { editor, settings, decode, get shown() { return shown; } };

// load gets the program, and then forbids every connection before any text is there.
async function load() {
  try {
    const module = await WebAssembly.compileStreaming(fetch("loonglint.wasm"));
    nothingLeaves();
    return new Client(module);
  } catch (error) {
    byId("verdict").textContent = `loonglint could not be loaded: ${error.message}`;
    throw error;
  }
}

// nothingLeaves adds a second policy to that of the page. Both hold, also in workers that the page starts from now on.
function nothingLeaves() {
  document.head.append(
    element("meta", { httpEquiv: "Content-Security-Policy", content: "connect-src 'none'; frame-src 'none'; object-src 'none'; media-src 'none'" }),
  );
}

function open(state) {
  settings.state = state;
  editor.text = state.text;
  byId("examples").value = "";
  checkSoon(); // the settings may differ where the text is the same
}

async function openLink() {
  try {
    const state = await decode(location.hash);
    if (state) open(state);
    return state !== null;
  } catch (error) {
    toast(`The link is damaged: ${error.message}.`);
    return false;
  }
}

function fillExamples() {
  const choices = new Map(Object.entries(examples).map(([name, text]) => [name, { text }]));
  const select = byId("examples");
  select.append(element("option", { value: "", textContent: "choose…" }), group("Configs", [...choices.keys()]));
  const ofRules = rules.filter((rule) => rule.bad && !rule.compares_files);
  select.append(group("Rules", ofRules.map((rule) => rule.name)));
  select.onchange = () => {
    const rule = rules.find(({ name }) => name === select.value);
    if (rule) tryRule(rule);
    else if (select.value) open(choices.get(select.value));
  };

  function group(label, names) {
    const items = names.map((name) => element("option", { value: name, textContent: name }));
    return element("optgroup", { label }, ...items);
  }
}

// tryRule opens the example of a rule, with what it needs to be reported.
function tryRule(rule) {
  open({
    text: rule.bad,
    settings: rule.settings,
    enable: rule.opt_in ? [rule.name] : [],
    level: "info",
    variables: rule.variables,
  });
  showRuleOf(rule.name);
}

function showRuleOf(name) {
  showRule(
    rules.find((rule) => rule.name === name),
    { tryRule, back: () => showRules(rules, { explain: showRuleOf }) },
  );
  selectTab("rule");
}

function checkSoon() {
  clearTimeout(timer);
  timer = setTimeout(check, pause);
}

// check checks the newest text; texts that came and went while another one was checked are passed over.
async function check() {
  isOutdated = true;
  if (isChecking) return;
  isChecking = true;
  while (isOutdated) {
    isOutdated = false;
    const [text, options] = [editor.text, settings.options];
    try {
      const [report, resolution] = await Promise.all([client.call("check", text, options), client.call("resolve", text, options).catch(() => null)]);
      settings.wrong = "";
      if (text === editor.text) show(text, report, resolution);
    } catch (error) {
      if (error instanceof Stopped) byId("verdict").textContent = `${error.message}.`;
      else settings.wrong = error.message; // a text is never refused, options are
    }
  }
  isChecking = false;
}

function show(text, report, resolution) {
  const findings = report.findings.slice(0, mostShown);
  performance.mark("shown");
  const [{ verdict, error }] = report.files;
  const { errors, warnings, infos, suppressed, fixable } = report.summary;
  document.documentElement.dataset.verdict = verdict;
  byId("verdict").textContent = `Loong ${report.tool.loong.version} ${verdicts[verdict] ?? error}.`;
  const counts = [count(errors, "error"), count(warnings, "warning"), count(infos, "info"), suppressed && `${suppressed} suppressed`].filter(Boolean);
  byId("summary").textContent = (counts.join(", ") || "No findings") + (editor.hasCRLF ? " · CRLF" : "");
  byId("count").textContent = errors + warnings + infos || "";
  byId("fix-all").disabled = fixable.safe === 0;
  editor.show(findings.map((finding) => diagnosticOf(finding)));
  showFindings(findings, report, { select: (place) => editor.select(editor.range(place)), applyFix, explain: showRuleOf });
  showResolution(resolution, verdict);
  shown = { text, findings };
}

const verdicts = {
  loads: "starts with this file",
  refused: "refuses this file",
  undecodable: "cannot read this file",
  crashes: "crashes on this file",
};

function count(n, word) {
  return n > 0 && `${n} ${word}${n > 1 ? "s" : ""}`;
}

function diagnosticOf(finding) {
  return {
    ...editor.range(finding),
    severity: finding.severity,
    message: finding.message,
    finding,
    renderMessage: () => element("div", {}, element("b", { textContent: finding.message }), finding.note ? element("div", { textContent: finding.note }) : "", ruleLink(finding)),
    actions: fixesOf(finding).map((fix, i) => ({ name: fix.message, apply: () => applyFix(finding, i) })),
  };
}

function ruleLink({ rule }) {
  return element("button", { className: "link", type: "button", textContent: rule, onclick: () => showRuleOf(rule) });
}

function applyFix({ fingerprint }, fix) {
  return change("fix", { fix }, fingerprint);
}

function fixHere() {
  const diagnostic = editor.diagnosticsHere().find(({ finding }) => fixesOf(finding).length > 0);
  if (diagnostic) applyFix(diagnostic.finding, 0);
  else toast("Nothing here has a fix.");
  return true;
}

// change replaces the text by what a method of the library makes of it, unless it has changed meanwhile.
async function change(method, how, ...args) {
  const { text } = editor;
  try {
    const { text: changed } = await client.call(method, text, ...args, { ...settings.options, ...how });
    if (text === editor.text) editor.change(changed);
  } catch (error) {
    toast(error.message);
  }
}

// ask asks the language server about a place of the text; null where it knows nothing, or the text has changed meanwhile.
async function ask(method, at, parameters) {
  const { text } = editor;
  const answer = await client.call("ask", `textDocument/${method}`, text, { position: editor.positionOf(at), ...parameters });
  return text === editor.text ? answer : null;
}

async function complete(context) {
  if (!context.explicit && !context.matchBefore(/[\w."'[{-]/)) return null;
  const list = await ask("completion", context.pos).catch(() => null);
  if (!list) return null;
  const options = list.items.map((item, i) => ({
    label: item.filterText ?? item.label,
    displayLabel: item.label,
    detail: item.detail,
    info: item.documentation,
    boost: -i / 100, // the order of the server, among what fits alike
    apply: item.textEdit.newText,
  }));
  return options.length > 0 ? { from: editor.rangeOf(list.items[0].textEdit.range).from, options } : null;
}

async function hover(view, pos) {
  const answer = await ask("hover", pos).catch(() => null);
  if (!answer) return null;
  const range = answer.range ? editor.rangeOf(answer.range) : { from: pos, to: pos };
  return { pos: range.from, end: range.to, create: () => ({ dom: element("div", { className: "hover", textContent: answer.contents.value }) }) };
}

async function rename() {
  const at = editor.cursor;
  try {
    const found = await ask("prepareRename", at);
    if (!found) return toast("Only ids of profiles and accounts can be renamed.");
    const dialog = byId("rename");
    const { from, to } = editor.rangeOf(found.range ?? found);
    byId("new-name").value = found.placeholder ?? editor.slice(from, to);
    const name = await answerOf(dialog, () => byId("new-name").value.trim());
    if (!name) return;
    const edit = await ask("rename", at, { newName: name });
    if (edit) editor.edit(Object.values(edit.changes).flat());
  } catch (error) {
    toast(error.message);
  } finally {
    editor.focus();
  }
}

// answerOf shows a dialog, and gives what it was closed with, or what value makes of it; empty where it was canceled.
async function answerOf(dialog, value = (answer) => answer) {
  dialog.returnValue = "";
  dialog.showModal();
  await new Promise((resolve) => {
    const closed = () => {
      if (dialog.open) return; // the event of an earlier answer may come late
      dialog.removeEventListener("close", closed);
      resolve();
    };
    dialog.addEventListener("close", closed);
  });
  return dialog.returnValue && value(dialog.returnValue);
}

async function share() {
  const state = await publicState("the link");
  if (!state) return;
  try {
    const fragment = await encode(state);
    history.replaceState(null, "", fragment);
    await navigator.clipboard.writeText(location.href);
    toast("The link is copied. It holds the text; nothing was sent.");
  } catch (error) {
    toast(error.name === "NotAllowedError" ? "The link is in the address bar." : error.message);
  }
}

async function copy() {
  const state = await publicState("the copy");
  if (!state) return;
  const options = settings.options;
  const report = await client.call("render", state.text, "text", options);
  const fence = "`".repeat(3 + Math.max(0, ...[...state.text.matchAll(/`{3,}/g)].map(([ticks]) => ticks.length - 2)));
  const parts = [
    fence + "toml\n" + state.text.trimEnd() + "\n" + fence,
    fence + "text\n" + (report.trimEnd() || "no findings") + "\n" + fence,
    `loonglint ${version}, Loong ${options.target ?? "newest release"}, variables ${options.environment ? "listed" : "unknown"}`,
  ];
  try {
    await navigator.clipboard.writeText(parts.join("\n\n") + "\n");
    toast("Copied.");
  } catch (error) {
    toast(`Your browser does not allow it: ${error.message}`);
  }
}

// publicState is the state for others to see; null where the user thinks better of it.
async function publicState(what) {
  const state = { text: editor.text, ...settings.state };
  const redacted = { ...state, text: await client.call("redact", state.text) };
  if (state.settings) redacted.settings = await client.call("redactText", state.settings);
  if (state.variables) redacted.variables = await namesOnly(state.variables);
  if (JSON.stringify(redacted) === JSON.stringify(state)) return state;
  byId("secrets-what").textContent = what;
  byId("secrets-lines").textContent = differentLines(state.text, redacted.text);
  byId("secrets-shown").textContent = redacted.text;
  return { redacted, whole: state }[await answerOf(byId("secrets"))] ?? null;
}

// namesOnly leaves out what is no name of a variable, as a key that was pasted there.
async function namesOnly(names) {
  const redacted = (await client.call("redactText", names.join("\n"))).split("\n");
  return names.filter((name, i) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && redacted[i] === name);
}

function differentLines(before, after) {
  const other = after.split("\n");
  const numbers = before.split("\n").flatMap((line, i) => (line === other[i] ? [] : [i + 1]));
  if (numbers.length === 0) return "a line of the settings";
  return `${numbers.length > 1 ? "lines" : "line"} ${numbers.slice(0, 10).join(", ")}${numbers.length > 10 ? " and more" : ""}`;
}
