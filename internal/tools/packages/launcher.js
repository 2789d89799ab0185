#!/usr/bin/env node
// Starts loonglint, which is in the package for this system and processor, with the same arguments and streams.
"use strict";

const { spawnSync } = require("node:child_process");
const { optionalDependencies } = require("../package.json");

// fail ends with the status for a job that could not be done.
function fail(message) {
  console.error(`loonglint: ${message}`);
  process.exit(3);
}

function findProgram() {
  const name = `@loonglint/${process.platform}-${process.arch}`;
  if (!(name in optionalDependencies)) {
    fail(`there is no program for ${process.platform} on ${process.arch}; build it with Go: https://github.com/loonglint/loonglint/blob/main/docs/install.md`);
  }
  try {
    return require.resolve(`${name}/bin/loonglint${process.platform === "win32" ? ".exe" : ""}`);
  } catch {
    fail(`the package ${name} is missing; install loonglint again, with optional dependencies`);
  }
}

const { status, signal, error } = spawnSync(findProgram(), process.argv.slice(2), { stdio: "inherit" });
if (error) {
  fail(`cannot start the program: ${error.message}`);
}
if (signal) {
  process.kill(process.pid, signal);
}
process.exitCode = status ?? 3;
