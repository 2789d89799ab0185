// Runs loonglint beside the page, so that the page stays responsive. The first message is the compiled program; each
// further one calls a method of it (../wasm/index.d.ts).
import { start } from "../wasm/core.js";
import { LanguageServer } from "./server.js";

let loonglint;
let server;

onmessage = async ({ data: { module, id, method, args } }) => {
  if (module) {
    loonglint = await start(module);
    loonglint.check(""); // the first check takes longer
    server = new LanguageServer(loonglint);
    const { version, targets } = loonglint;
    postMessage({ ready: { version, targets, rules: loonglint.rules() } });
    return;
  }
  try {
    postMessage({ id, result: method === "ask" ? server.ask(...args) : loonglint[method](...args) });
  } catch (error) {
    postMessage({ id, error: error.message, fatal: error.fatal });
  }
};
