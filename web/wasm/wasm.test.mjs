// Tests of the package as its users have it: run by .ci/wasm beside a project that has installed it. The environment
// names the root of the repository and the program of the same sources.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { load } from "@loonglint/wasm";
import { fixesOf } from "@loonglint/wasm/core.js";

const root = process.env.LOONGLINT_ROOT;
const program = (...args) => execFileSync(process.env.LOONGLINT_PROGRAM, args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 30 });
const loonglint = await load();
const planted = "sk-proj-Zq8Tn3Vx6Lw9Rb2Yk5Hd7Mf4Jp1Gs0Ac";

const fixtures = readdirSync(join(root, "fixtures"), { recursive: true })
  .map((path) => join("fixtures", path))
  .filter((path) => path.endsWith(".toml"))
  .sort();

test("the findings of all fixtures are those of the program", () => {
  assert.ok(fixtures.length > 300);
  const flags = ["--no-config", "--env=static", "--fail-on=never", "--min-level=info"];
  const theirs = new Map(fixtures.map((name) => [name, []]));
  for (const finding of JSON.parse(program("check", "--format=json", "--max-per-rule=0", "--all-toml", ...flags, ...fixtures)).findings) {
    theirs.get(finding.file).push(finding);
  }
  for (const name of fixtures) {
    const bytes = readFileSync(join(root, name));
    const { findings } = loonglint.check(bytes, { name, minLevel: "info" });
    assert.deepEqual(findings, theirs.get(name), name);
  }
});

test("what is resolved is what the program resolves", () => {
  for (const name of fixtures.filter((_, i) => i % 25 === 0)) {
    const theirs = program("resolve", "--format=json", "--env-names=OPENAI_API_KEY", name);
    const ours = loonglint.resolve(readFileSync(join(root, name)), { name, environment: { names: ["OPENAI_API_KEY"] } });
    assert.deepEqual(ours, JSON.parse(theirs), name);
  }
});

test("indexes are those of the string", () => {
  const text = '\ufeff# 🐉 é 語\r\n[providers."🐉"]\r\nkind = "opneai"\r\napi_kye = "🐉"\r\n';
  const { findings } = loonglint.check(text);
  const pointed = findings.map((finding) => text.slice(finding.start.index, finding.end.index));
  assert.deepEqual(pointed, ['"opneai"', "api_kye"]);
  const [edit] = findings[0].fix.edits;
  assert.equal(text.slice(edit.startIndex, edit.endIndex), '"opneai"');
  assert.equal(loonglint.check(new TextEncoder().encode(text)).findings[0].start.index, undefined);
});

test("options are those of the program", () => {
  const text = '[providers.a]\nkind = "groq"\napi_key = { env = "A" }\nmodle = "x"\n';
  const rules = (options) => loonglint.check(text, options).findings.map((finding) => finding.rule);
  assert.ok(rules().includes("unknown-key"));
  assert.ok(!rules({ disable: ["unknown-key"] }).includes("unknown-key"));
  assert.ok(!rules({ settings: '[rules]\nunknown-key = "off"\n' }).includes("unknown-key"));
  assert.ok(rules({ environment: { names: [] } }).includes("missing-credential-env"));
  assert.ok(!rules({ environment: { variables: { A: "x" } } }).includes("missing-credential-env"));
  assert.equal(loonglint.check(text, { target: loonglint.targets[0] }).tool.loong.version, loonglint.targets[0]);
});

test("a wrong option is refused", () => {
  for (const [options, message] of [
    [{ disabled: [] }, /unknown field "disabled"/],
    [{ enable: ["unknwon-key"] }, /unknown-key/],
    [{ minLevel: "all" }, /minLevel/],
    [{ target: "9.9.9" }, /9\.9\.9/],
    [{ today: "tomorrow" }, /tomorrow/],
    [{ settings: "fial-on = 1" }, /fail-on/],
  ]) {
    assert.throws(() => loonglint.check("", options), message);
  }
  assert.throws(() => loonglint.render("", "pdf"), /pdf/);
  assert.throws(() => loonglint.explain("unknwon-key"), /unknown-key/);
});

test("a fix is applied, also one whose edit is not shown", () => {
  const text = `[providers.a]\nkind = "opneai"\napi_kye = "${planted}"\n`;
  const { findings } = loonglint.check(text);
  const misspelled = findings.find((finding) => finding.rule === "unknown-provider-kind");
  assert.equal(loonglint.fix(text, misspelled.fingerprint).text, text.replace("opneai", "openai"));
  assert.deepEqual(loonglint.fix(text, misspelled.fingerprint).repaired, [misspelled.fingerprint]);
  assert.throws(() => loonglint.fix(text, misspelled.fingerprint, { fix: 99 }), /no such fix/);
  assert.throws(() => loonglint.fix(text, "0000"), /no such finding/);
  const plain = `[providers.a]\nkind = "openai"\napi_key = "${planted}"\n`;
  const found = loonglint.check(plain).findings.find((finding) => finding.rule === "key-in-file");
  for (const [i, { message, edits: [edit] }] of fixesOf(found).entries()) {
    const fixed = loonglint.fix(plain, found.fingerprint, { fix: i }).text;
    assert.equal(fixed, plain.slice(0, edit.startIndex) + edit.text + plain.slice(edit.endIndex), message);
  }
  assert.equal(loonglint.repair(text).text, text);
  assert.match(loonglint.repair(text, { unsafe: true }).text, /"openai"/);
});

test("no secret is in a result", () => {
  const text = `[providers.a]\nkind = "openai"\napi_key = "${planted}"\nbase_url = "https://u:${planted}@h.example/v1"\n`;
  const shown = [loonglint.check(text, { minLevel: "info" }), loonglint.resolve(text), loonglint.redact(text), ...loonglint.formats.map((f) => loonglint.render(text, f))];
  assert.ok(!JSON.stringify(shown).includes(planted.slice(8)));
  assert.equal(loonglint.redact("# nothing\r\n"), "# nothing\r\n");
  assert.equal(loonglint.redactText(`a = 1\n${planted}\n`), "a = 1\n********\n");
});

test("rules are those that the program explains", () => {
  const { rules } = JSON.parse(program("explain", "--format=json"));
  assert.deepEqual(loonglint.rules(), rules);
  assert.deepEqual(loonglint.explain(rules[0].name), rules[0]);
});
