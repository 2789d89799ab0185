// Finds the program on this computer. Nothing here needs VS Code.
import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import path from "node:path";

/** Says to the user why there is no program to start. */
export class NotFound extends Error {}

/**
 * Finds the program: at the path that the user has set, else in the folders of PATH. The path must be absolute, and so must a folder
 * of PATH be to count: what is started never depends on the folder that is open. Rejects with NotFound.
 */
export async function findProgram(setting: string, variables: NodeJS.ProcessEnv = process.env): Promise<string> {
  if (setting !== "") {
    if (!path.isAbsolute(setting)) throw new NotFound(`The setting loonglint.path is "${setting}", which is not an absolute path.`);
    if (!(await isProgram(setting))) throw new NotFound(`The setting loonglint.path is "${setting}", where there is no program.`);
    return setting;
  }
  const name = process.platform === "win32" ? "loonglint.exe" : "loonglint";
  for (const folder of (variables["PATH"] ?? "").split(path.delimiter)) {
    const file = path.join(folder, name);
    if (path.isAbsolute(folder) && (await isProgram(file))) return file;
  }
  throw new NotFound("The program loonglint is not in the PATH of VS Code.");
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
