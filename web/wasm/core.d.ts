import type { Loonglint } from "./index.js";

/** Starts a program that the caller has compiled, for workers and bundlers. Its memory is kept until the page ends. */
export function start(module: WebAssembly.Module): Promise<Loonglint>;
