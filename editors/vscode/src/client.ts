// What the extension does on a computer and in a browser alike: it keeps one client of the language server running.
import { commands, env, type ExtensionContext, type LogOutputChannel, Uri, window, workspace } from "vscode";
import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";
import { optionsFrom } from "./options.js";

/** Makes a client that is not started; undefined when it cannot, which the user then knows. */
export type Maker = (options: LanguageClientOptions) => Promise<BaseLanguageClient | undefined>;

let client: BaseLanguageClient | undefined;

/** Starts a client, and another one in its place whenever the settings change or the user asks for it. */
export async function run(context: ExtensionContext, make: Maker): Promise<void> {
  const output = window.createOutputChannel("loonglint", { log: true });
  let done = Promise.resolve();
  const restart = () => (done = done.then(() => replace(context, make, output)));
  context.subscriptions.push(
    output,
    commands.registerCommand("loonglint.restart", restart),
    commands.registerCommand("loonglint.showOutput", () => output.show()),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("loonglint")) void restart();
    }),
  );
  await restart();
}

/** Ends the server. */
export async function stop(): Promise<void> {
  const running = client;
  client = undefined;
  await running?.dispose();
}

async function replace(context: ExtensionContext, make: Maker, output: LogOutputChannel): Promise<void> {
  await stop().catch((error: unknown) => output.warn(String(error))); // it may be gone, or not answer
  try {
    const settings = workspace.getConfiguration("loonglint");
    client = await make({
      documentSelector: [{ language: "toml" }],
      initializationOptions: optionsFrom(context.extension.packageJSON, (name) => settings.get(name)),
      outputChannel: output,
    });
    await client?.start();
  } catch (error) {
    output.error(error instanceof Error ? error : String(error));
    complain("The language server of loonglint did not start. Is loonglint older than this extension?", "Show the output");
  }
}

const answers = {
  "How to install": () => env.openExternal(Uri.parse("https://github.com/loonglint/loonglint/blob/main/docs/install.md")),
  "Open the settings": () => commands.executeCommand("workbench.action.openSettings", "loonglint.path"),
  "Restart the server": () => commands.executeCommand("loonglint.restart"),
  "Show the output": () => commands.executeCommand("loonglint.showOutput"),
};

/** Shows an error with buttons. It does not wait for one to be pressed. */
export function complain(message: string, ...buttons: (keyof typeof answers)[]): void {
  void window.showErrorMessage(message, ...buttons).then((button) => button && answers[button]());
}
