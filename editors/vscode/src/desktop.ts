// The extension on a computer: the language server is the program.
import { type ExtensionContext, workspace } from "vscode";
import { LanguageClient } from "vscode-languageclient/node";
import { complain, run, stop } from "./client.js";
import { findProgram, NotFound } from "./program.js";

export function activate(context: ExtensionContext): Promise<void> {
  return run(context, async (options) => {
    try {
      const command = await findProgram(workspace.getConfiguration("loonglint").get("path", "").trim());
      options.outputChannel?.appendLine(`starts ${command}`);
      return new LanguageClient("loonglint", "loonglint", { command, args: ["lsp"] }, options);
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
      complain(error.message, "How to install", "Open the settings");
      return undefined;
    }
  });
}

export const deactivate = stop;
