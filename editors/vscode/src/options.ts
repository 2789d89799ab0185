// What the server is told at its start. Nothing here needs VS Code.

/** The part of package.json that says which settings there are. */
export interface Manifest {
  contributes: { configuration: { properties: Record<string, { default: unknown }> } };
}

const prefix = "loonglint.";

/** The settings that are for the extension itself. */
const own = ["path"];

/** Lists the names of the settings that are options of the server, without "loonglint." before them. */
export function optionNames(manifest: Manifest): string[] {
  return Object.keys(manifest.contributes.configuration.properties)
    .map((name) => name.slice(prefix.length))
    .filter((name) => !own.includes(name));
}

/** The initializationOptions (docs/editors.md): all settings but those for the extension. */
export function optionsFrom(manifest: Manifest, valueOf: (name: string) => unknown): Record<string, unknown> {
  return Object.fromEntries(optionNames(manifest).map((name) => [name, valueOf(name)]));
}
