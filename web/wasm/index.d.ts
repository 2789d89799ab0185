/** Loads loonglint from the file `loonglint.wasm` beside this one, once; keep what it gives. */
export function load(): Promise<Loonglint>;

/**
 * A config as text, or its bytes where it may not be UTF-8. Nothing that is given is kept, changed or sent anywhere, and
 * no result quotes a secret of it, except the text that `repair` and `fix` give.
 */
export type Text = string | Uint8Array;

export type Level = "info" | "warning" | "error";

/** How a config is checked; what is left out is as for `loonglint check --env=static --no-config`. */
export interface Options {
  /** Stands in findings, and decides which overrides of the settings hold; `loong.toml` where it is left out. */
  name?: string;
  /** The text of a loonglint.toml. Its keys about files have no effect. */
  settings?: string;
  /** Names of rules; these win over the settings. */
  enable?: string[];
  disable?: string[];
  /** The lowest level that is reported; `warning` where it is left out. */
  minLevel?: Level;
  /** Report also what comments in the config suppress. */
  noIgnores?: boolean;
  /** The text of a baseline, whose findings are left out. */
  baseline?: string;
  /** The version of Loong, one of `targets`, or several as `A..B`; the newest release where it is left out. */
  target?: string;
  /** The variables that exist where Loong runs, and no others; nothing is known about them where it is left out. */
  environment?: { variables?: Record<string, string>; names?: string[] };
  /** The day for suppressions that hold until a date, as `2006-01-02`; none of them is past where it is left out. */
  today?: string;
}

/**
 * Each method throws an Error where its options are wrong, or where a text is beyond a limit of what is read. An Error whose
 * `fatal` is true says that the program itself failed, such as for lack of stack: load it again.
 */
export interface Loonglint {
  readonly version: string;
  /** The versions of Loong that are known, oldest first. */
  readonly targets: string[];
  /** The formats of `render`. */
  readonly formats: string[];

  check(text: Text, options?: Options): Report;
  /** What Loong will do with the config. */
  resolve(text: Text, options?: Options): Resolution;
  /** The report of `check` in one of the formats of `loonglint check --format`. */
  render(text: Text, format: string, options?: Options): string;
  /** Applies the safe fixes, or with `unsafe` all. */
  repair(text: Text, options?: Options & { unsafe?: boolean }): Repaired;
  /** Applies one fix of the finding that has this fingerprint when it is checked with the same options; `fix` counts its fix and choices, from 0. */
  fix(text: Text, fingerprint: string, options?: Options & { fix?: number }): Repaired;
  /** The text with everything masked that is, or could be, a secret. It equals the text where there is nothing of this. */
  redact(text: Text): string;
  /** Any other text with everything masked that is a secret by itself: keys of known shapes, user names and passwords in addresses. */
  redactText(text: Text): string;
  rules(): Rule[];
  explain(rule: string): Rule;
}

export interface Repaired {
  text: string;
  /** Fingerprints of the findings that are repaired. */
  repaired: string[];
}

export type Verdict = "loads" | "refused" | "undecodable" | "crashes" | "unreadable";

/** The document loonglint.v1, as `loonglint check --format json` writes it. */
export interface Report {
  schema: "loonglint.v1";
  tool: { name: string; version: string; loong: { version: string; commit: string } };
  files: { path: string; verdict: Verdict; target?: string; error?: string }[];
  findings: Finding[];
  summary: {
    files: number;
    errors: number;
    warnings: number;
    infos: number;
    suppressed: number;
    baselined: number;
    hidden: { warnings: number; infos: number };
    unreadable: number;
    fixable: { safe: number; unsafe: number };
  };
}

export interface Finding {
  rule: string;
  severity: Level;
  file: string;
  message: string;
  label?: string;
  note?: string;
  help?: string;
  key?: string;
  start: Position;
  end: Position;
  related?: { message: string; start: Position; end: Position }[];
  fix?: Fix;
  /** Further fixes, which only a person may choose. */
  choices?: Fix[];
  loong?: {
    code: string;
    severity: string;
    field_path: string;
    inline_field_path: string;
    suggested_env_name?: string;
    example_env_name?: string;
  };
  fingerprint: string;
  /** Findings of the rule that are counted and not listed. */
  more?: number;
}

export interface Position {
  /** From 1. */
  line: number;
  /** In characters (code points), from 1. */
  column: number;
  /** In bytes of UTF-8, from 0. */
  offset: number;
  /** The column in bytes, from 1. */
  byte?: number;
  /** In the string, as `text.slice` counts; only where the config was given as a string. */
  index?: number;
}

export interface Fix {
  message: string;
  /** A safe fix keeps what the config means to Loong. */
  safety: "safe" | "unsafe";
  /** Empty where an edit would hold a secret of the config: use the method `fix`. */
  edits: { start: number; end: number; text: string; startIndex?: number; endIndex?: number }[];
}

/** The document loonglint.resolve.v1, as `loonglint resolve --format json` writes it. */
export interface Resolution {
  schema: "loonglint.resolve.v1";
  file: string;
  target: string;
  verdict: Verdict;
  diagnostics?: {
    code: string;
    severity: string;
    field_path: string;
    inline_field_path: string;
    suggested_env_name: string | null;
  }[];
  active_provider?: string | null;
  last_provider?: string | null;
  profiles?: Record<string, Profile>;
  channels?: Record<string, { enabled: boolean; accounts: Record<string, { enabled: boolean; send: string; serve: string }> }>;
  ignored?: { key: string; entry: string; reason: string; by: string | null }[];
}

export interface Profile {
  kind: string;
  default_for_kind: boolean;
  base_url: string;
  request_url: string;
  chat_url?: string | null;
  models_url: string;
  model: string;
  preferred_models: string[];
  transport: string;
  credential: {
    env_names: string[];
    env: string | null;
    resolved: boolean | null;
    key_candidates: number | null;
    required: boolean;
  };
  hint: boolean;
}

/** A rule of the document loonglint.rules.v1, as `loonglint explain --format json` writes it. */
export interface Rule {
  name: string;
  group: string;
  summary: string;
  level: Level;
  /** When findings have another level. */
  levels?: string;
  documentation: string;
  url: string;
  since: string;
  /** Off unless it is enabled. */
  opt_in: boolean;
  needs: "file" | "environment" | "network";
  /** Reported by `loonglint audit` only. */
  compares_files: boolean;
  /** Cannot be disabled. */
  mandatory: boolean;
  own_hosts: boolean;
  /** What `bad` and `good` are checked with: a loonglint.toml, and all variables that exist, as NAME=value. */
  settings?: string;
  variables?: string[];
  bad?: string;
  good?: string;
  reference?: string[];
}
