// Only compiled, by .ci/wasm: what a user writes has these types.
import { load, type Finding, type Options } from "@loonglint/wasm";
import { start } from "@loonglint/wasm/core.js";

const options: Options = { target: "dev", environment: { names: ["A"] }, minLevel: "info" };
const loonglint = await load();
const findings: Finding[] = loonglint.check("", options).findings;
const index: number | undefined = findings[0]?.fix?.edits[0]?.startIndex;
const kind: string | undefined = loonglint.resolve(new Uint8Array(), options).profiles?.["a"]?.kind;
const fixed: string = loonglint.fix("", "", { fix: 1, ...options }).text;
const other: Promise<typeof loonglint> = start(new WebAssembly.Module(new Uint8Array()));
// @ts-expect-error there is no such level
loonglint.check("", { minLevel: "all" });
export { fixed, index, kind, other };
