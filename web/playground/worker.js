// Runs loonglint beside the page, so that the page stays responsive. The first message is the compiled program; each
// further one calls a method of it (../wasm/index.d.ts).
import { start } from "../wasm/core.js";

let loonglint;

onmessage = async ({ data: { module, id, method, args } }) => {
  if (module) {
    loonglint = await start(module);
    loonglint.check(""); // the first check takes longer
    const { version, targets } = loonglint;
    postMessage({ ready: { version, targets, rules: loonglint.rules() } });
    return;
  }
  try {
    postMessage({ id, result: loonglint[method](...args) });
  } catch (error) {
    postMessage({ id, error: error.message });
  }
};
