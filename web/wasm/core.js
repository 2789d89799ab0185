// Starts the compiled program and calls it. Where the program comes from is the matter of the caller.
import "./wasm_exec.js"; // Go's own; it sets globalThis.Go

const encoder = new TextEncoder();
let started = 0;

/** Starts the program; see index.d.ts. */
export async function start(module) {
  const name = `loonglint ${++started}`;
  const go = new globalThis.Go();
  go.argv = ["loonglint", name];
  go.run(await WebAssembly.instantiate(module, go.importObject)); // returns when the program waits for calls
  const program = globalThis[name];
  delete globalThis[name];
  return new Loonglint(program);
}

class Loonglint {
  #program;

  constructor(program) {
    this.#program = program;
    Object.assign(this, this.#call("about"));
  }

  check(text, options) {
    const report = this.#call("check", text, split(options));
    if (typeof text === "string") addIndexes(report.findings, text);
    return report;
  }

  resolve(text, options) {
    return this.#call("resolve", text, split(options));
  }

  render(text, format, options) {
    return this.#call("render", text, { format, ...split(options) });
  }

  repair(text, { unsafe = false, ...options } = {}) {
    return this.#call("repair", text, { unsafe, ...split(options) });
  }

  fix(text, fingerprint, { fix = 0, ...options } = {}) {
    return this.#call("fix", text, { fingerprint, fix, ...split(options) });
  }

  redact(text) {
    return this.#call("redact", text);
  }

  redactText(text) {
    return this.#call("redactText", text);
  }

  // lsp gives a message to the language server, where the program has one, and returns what it answers at once. A function
  // takes all answers instead, those that come later, too.
  lsp(message, take) {
    const answers = [];
    take ??= (answer) => answers.push(answer);
    this.#program("lsp", encoder.encode(JSON.stringify(message)), "", (text) => take(JSON.parse(text)));
    return answers;
  }

  rules() {
    return this.#call("rules").rules;
  }

  explain(rule) {
    return this.#call("explain", "", { rule }).rules[0];
  }

  #call(method, text = "", parameters = {}) {
    const bytes = typeof text === "string" ? encoder.encode(text) : text;
    let answer;
    try {
      answer = JSON.parse(this.#program(method, bytes, JSON.stringify(parameters)));
    } catch (error) {
      // Such as a text so deep that the stack of the engine, which is smaller than Go's own, does not suffice.
      throw Object.assign(new Error(`loonglint failed (${error.message}) and must be loaded again`), { fatal: true });
    }
    if ("error" in answer) throw new Error(answer.error);
    return answer.result;
  }
}

function split({ name, ...options } = {}) {
  return { name, options };
}

// addIndexes adds to places, which count bytes, where they are in the string.
function addIndexes(findings, text) {
  const indexOf = indexes(text);
  const add = (place) => (place.index = indexOf(place.offset));
  for (const finding of findings) {
    for (const { start, end } of [finding, ...(finding.related ?? [])]) {
      add(start);
      add(end);
    }
    for (const edit of fixesOf(finding).flatMap((fix) => fix.edits)) {
      edit.startIndex = indexOf(edit.start);
      edit.endIndex = indexOf(edit.end);
    }
  }
}

/** The fixes of a finding, in the order in which `fix` counts them. */
export function fixesOf({ fix, choices = [] }) {
  return fix ? [fix, ...choices] : choices;
}

// indexes returns the function from an offset in the UTF-8 of a text to the index in the text.
function indexes(text) {
  const table = [];
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i);
    const length = code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    for (let n = 0; n < length; n++) table.push(i);
    if (length === 4) i++;
  }
  return (offset) => table[offset] ?? text.length;
}
