import type { Finding, Fix, Loonglint } from "./index.js";

/** Starts a program that the caller has compiled, for workers and bundlers. Its memory is kept until the page ends. */
export function start(module: WebAssembly.Module): Promise<Loonglint>;

/** The fixes of a finding, in the order in which the method `fix` counts them. */
export function fixesOf(finding: Finding): Fix[];
