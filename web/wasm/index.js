import { start } from "./core.js";

/** Loads the program from beside this file; see index.d.ts. */
export async function load() {
  const url = new URL("./loonglint.wasm", import.meta.url);
  if (url.protocol !== "file:") return start(await WebAssembly.compileStreaming(fetch(url)));
  const { readFile } = await import("node:fs/promises");
  return start(await WebAssembly.compile(await readFile(url)));
}
