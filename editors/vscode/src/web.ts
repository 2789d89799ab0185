// The extension in VS Code for the web: the language server is the program in WebAssembly, in a worker.
import { type ExtensionContext, Uri, workspace } from "vscode";
import { CloseAction, ErrorAction, type ErrorHandler, LanguageClient } from "vscode-languageclient/browser";
import { complain, run, stop } from "./client.js";

let worker: Worker | undefined;

export function activate(context: ExtensionContext): Promise<void> {
  const file = (name: string) => Uri.joinPath(context.extensionUri, name);
  return run(context, async (options) => {
    worker?.terminate();
    const program = await workspace.fs.readFile(file("loonglint.wasm"));
    worker = new Worker(file("server.js").toString(true));
    worker.postMessage(program);
    return new LanguageClient("loonglint", "loonglint", worker, { ...options, errorHandler: failure(worker) });
  });
}

// failure ends a server that can answer nothing any more. Another one would be given the same texts, so the user decides about it.
function failure(of: Worker): ErrorHandler {
  let known = false;
  return {
    error() {
      if (!known) complain("loonglint failed and was stopped. Is a text nested thousands of levels deep? Close it first.", "Restart the server");
      known = true;
      of.terminate();
      return { action: ErrorAction.Shutdown, handled: true };
    },
    closed: () => ({ action: CloseAction.DoNotRestart, handled: true }),
  };
}

export async function deactivate(): Promise<void> {
  await stop();
  worker?.terminate();
}
