// Starts the program of the variable PROGRAM as the extension does, and tells it settings.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import path from "node:path";
import { test } from "node:test";
import {
  createProtocolConnection,
  DidOpenTextDocumentNotification,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  PublishDiagnosticsNotification,
  ShowMessageNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";
import manifest from "../package.json";
import { type Manifest, optionNames, optionsFrom } from "../src/options.js";
import { findProgram } from "../src/program.js";

const properties = manifest.contributes.configuration.properties as Manifest["contributes"]["configuration"]["properties"];

const text = 'active_provider = "main"\n[providers.main]\nkind = "opneai"\nmodel = "gpt-4.1"\nmodle = 1\n';

/** What the server says of a text, given what a user has set. */
async function say(set: Record<string, unknown>): Promise<{ findings: string[]; messages: string[]; pid: number | undefined; status: number }> {
  const program = process.env["PROGRAM"];
  assert.ok(program, "PROGRAM names no program");
  const found = await findProgram("", { PATH: path.dirname(program) });
  const child = spawn(found, ["lsp"], { stdio: ["pipe", "pipe", "inherit"] });
  const status = new Promise<number>((resolve) => child.on("exit", (code) => resolve(code ?? -1)));
  const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  const messages: string[] = [];
  connection.onNotification(ShowMessageNotification.type, ({ message }) => void messages.push(message));
  const findings = new Promise<string[]>((resolve) => {
    connection.onNotification(PublishDiagnosticsNotification.type, ({ diagnostics }) => resolve(diagnostics.map(({ code }) => String(code))));
  });
  connection.listen();
  await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: null,
    capabilities: {},
    initializationOptions: optionsFrom(manifest, (name) => set[name] ?? properties[`loonglint.${name}`]?.default),
  });
  await connection.sendNotification(InitializedNotification.type, {});
  await connection.sendNotification(DidOpenTextDocumentNotification.type, {
    textDocument: { uri: "untitled:Untitled-1", languageId: "toml", version: 1, text },
  });
  const result = { findings: await findings, messages, pid: child.pid };
  await connection.sendRequest(ShutdownRequest.type);
  await connection.sendNotification(ExitNotification.type);
  return { ...result, status: await status };
}

test("the defaults of all settings are fine", async () => {
  const { findings, messages, status } = await say({});
  assert.deepEqual(findings, ["unknown-provider-kind", "unknown-key"]);
  assert.deepEqual(messages, []);
  assert.equal(status, 0);
});

test("the server takes the settings", async () => {
  assert.deepEqual((await say({ minLevel: "error" })).findings, ["unknown-provider-kind"]);
  assert.deepEqual((await say({ disable: ["unknown-key"] })).findings, ["unknown-provider-kind"]);
});

test("the server complains about what a setting cannot be", async () => {
  for (const [name, value, complaint] of [
    ["targetLoong", "0.0.0", /targetLoong/],
    ["minLevel", "fatal", /minLevel/],
    ["env", "dead", /env/],
    ["enable", ["no-such-rule"], /no-such-rule/],
  ] as const) {
    const { messages } = await say({ [name]: value });
    assert.match(messages.join("\n"), complaint);
  }
});

test("all settings but the path are for the server", () => {
  const names = Object.keys(properties).map((name) => name.replace("loonglint.", ""));
  assert.deepEqual(names.filter((name) => !optionNames(manifest).includes(name)), ["path"]);
});
