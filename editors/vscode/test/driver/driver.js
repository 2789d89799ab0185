// Works with the extension as a person does, within VS Code. It tells internal/testing/vscode each step with what was seen, and goes on when that
// answers.
const vscode = require("vscode");

exports.activate = (context) => {
  const listener = context.extensionUri.scheme === "file" ? process.env.LOONGLINT_STEPS : vscode.Uri.joinPath(context.extensionUri, "..", "step").toString(true);
  const tell = (step, seen) => fetch(`${listener}/${step}`, { method: "POST", body: JSON.stringify(seen ?? null) });
  work(tell).catch((error) => tell("failed", String(error.stack ?? error)));
};

async function work(tell) {
  const folder = vscode.workspace.workspaceFolders[0].uri;
  const codesOf = (document) => vscode.languages.getDiagnostics(document.uri).map(({ code, range }) => `${document.getText(range)}: ${code?.value ?? code}`);
  const pause = () => new Promise((resolve) => setTimeout(resolve, 50));
  const until = async (document, is) => {
    while (!is(codesOf(document))) await pause();
    return codesOf(document);
  };
  // open asks for a text, and opens it as a file.
  const open = async (name) => {
    const { text } = await (await tell("text", name)).json();
    const file = vscode.Uri.joinPath(folder, name);
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(text));
    const document = await vscode.workspace.openTextDocument(file);
    await vscode.window.showTextDocument(document, { preview: false });
    return document;
  };

  const document = await open("main.loong.toml");
  const ask = (command, ...parameters) => vscode.commands.executeCommand(`vscode.execute${command}`, document.uri, ...parameters);
  const at = (word) => document.positionAt(document.getText().indexOf(word) + 1);
  await tell("opened", await until(document, (found) => found.length > 0));

  const hovers = await ask("HoverProvider", at("opneai"));
  await tell("hover", hovers.flatMap(({ contents }) => contents.map(({ value }) => value)).join("\n"));
  const { items } = await ask("CompletionItemProvider", at("opneai"));
  await tell("completion", items.map(({ label }) => label.label ?? label));
  const definitions = await ask("DefinitionProvider", at('main"'));
  await tell("definition", definitions.map(({ targetRange, range }) => (targetRange ?? range).start.line + 1));

  // VS Code now and then has no action for who asks on a busy computer, and has them a moment later.
  const quickFix = async () => {
    const actions = await ask("CodeActionProvider", new vscode.Range(at("opneai"), at("opneai")), vscode.CodeActionKind.QuickFix.value);
    return actions.find(({ title }) => title === "Write openai")?.edit ?? (await pause(), quickFix());
  };
  await vscode.workspace.applyEdit(await quickFix());
  await tell("fixed", await until(document, (found) => !found.some((text) => text.includes("unknown-provider-kind"))));
  const hints = await ask("InlayHintProvider", new vscode.Range(0, 0, document.lineCount, 0));
  await tell("hints", hints.map(({ label }) => (typeof label === "string" ? label : label.map(({ value }) => value).join(""))));
  await vscode.workspace.applyEdit(await ask("DocumentRenameProvider", at('main"'), "primary"));
  await tell("renamed", document.getText());

  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, new vscode.Position(document.lineCount, 0), "temperature = [\n");
  await vscode.workspace.applyEdit(edit);
  await tell("unfinished", await until(document, (found) => found.some((text) => text.includes("toml-syntax"))));
  await vscode.commands.executeCommand("undo");

  await vscode.workspace.getConfiguration("loonglint").update("disable", ["unknown-key"], vscode.ConfigurationTarget.Global);
  await tell("disabled", await until(document, (found) => found.length === 0));
  await vscode.workspace.getConfiguration("loonglint").update("disable", undefined, vscode.ConfigurationTarget.Global);
  await tell("enabled", await until(document, (found) => found.length > 0));

  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  await vscode.commands.executeCommand("workbench.actions.view.problems");
  const other = await open("Cargo.toml");
  const shown = await open("loong.toml");
  await tell("shown", await until(shown, (found) => found.length > 0));
  await tell("other", codesOf(other));
  if (vscode.env.uiKind === vscode.UIKind.Web && folder.scheme === "tmp") await bringDown(tell, open, codesOf, until, shown);
  else await misplace(tell, codesOf, until, shown);
}

// misplace names another place for the program, and then the right one again.
async function misplace(tell, codesOf, until, shown) {
  const settings = () => vscode.workspace.getConfiguration("loonglint");
  const place = settings().get("path");
  await settings().update("path", "/missing/loonglint", vscode.ConfigurationTarget.Global);
  await until(shown, (found) => found.length === 0);
  await tell("misplaced");
  await settings().update("path", place, vscode.ConfigurationTarget.Global);
  await tell("found", await until(shown, (found) => found.length > 0));
}

// bringDown opens a text that is too much for the program in WebAssembly.
async function bringDown(tell, open, codesOf, until, shown) {
  const deep = await open("deep.loong.toml");
  await tell("deep");
  await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
  await tell("closed", codesOf(shown));
  await tell("restarted", [...(await until(shown, (found) => found.length > 0)), ...codesOf(deep)]);
}
