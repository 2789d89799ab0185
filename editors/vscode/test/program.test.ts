import assert from "node:assert/strict";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { findProgram, NotFound } from "../src/program.js";

let root: string;

before(async () => {
  root = await mkdtemp(path.join(tmpdir(), "loonglint"));
  for (const folder of ["first", "second", "folder/loonglint", "plain"]) await mkdir(path.join(root, folder), { recursive: true });
  for (const folder of ["first", "second", "plain"]) {
    await writeFile(path.join(root, folder, "loonglint"), "#!/bin/sh\n");
    await chmod(path.join(root, folder, "loonglint"), folder === "plain" ? 0o644 : 0o755);
  }
});

after(() => rm(root, { recursive: true }));

const pathOf = (...folders: string[]) => ({ PATH: folders.map((folder) => path.join(root, folder)).join(path.delimiter) });

test("the first program of PATH is taken", async () => {
  assert.equal(await findProgram("", pathOf("missing", "second", "first")), path.join(root, "second", "loonglint"));
});

test("what is no program is passed over", async () => {
  assert.equal(await findProgram("", pathOf("folder", "plain", "first")), path.join(root, "first", "loonglint"));
});

test("the setting wins over PATH", async () => {
  const setting = path.join(root, "first", "loonglint");
  assert.equal(await findProgram(setting, pathOf("second")), setting);
});

test("a setting that names no program is not replaced by another one", async () => {
  for (const setting of ["missing/loonglint", "folder/loonglint", "plain/loonglint"]) {
    await assert.rejects(findProgram(path.join(root, setting), pathOf("first")), (error) => error instanceof NotFound && error.message.includes(setting));
  }
});

test("nothing is started that depends on the folder that is open", async () => {
  const before = process.cwd();
  process.chdir(root);
  try {
    await assert.rejects(findProgram("", { PATH: ["", ".", "first", "./second"].join(path.delimiter) }), NotFound);
    await assert.rejects(findProgram("first/loonglint", pathOf("second")), NotFound);
  } finally {
    process.chdir(before);
  }
});

test("without PATH there is no program", () => assert.rejects(findProgram("", {}), NotFound));
