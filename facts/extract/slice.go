package main

import (
	"cmp"
	"embed"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

//go:embed slice/*.rs
var programs embed.FS

// slice is a small crate inside a copy of Loong: links to its own files that load a config, and stubs for the rest.
type slice struct {
	app     string // Loong's main crate
	out     string // the small crate
	sources []string
	err     error
}

// build makes the programs for a commit.
func build(o *options, out io.Writer) (*program, error) {
	rev, err := exec.Command("git", "-C", o.loong, "rev-parse", "--verify", o.rev+"^{commit}").Output()
	if err != nil {
		return nil, fmt.Errorf("%s is not a commit of %s: %w", o.rev, o.loong, err)
	}
	commit := strings.TrimSpace(string(rev))
	loong := filepath.Join(o.work, commit)
	if _, err := os.Stat(loong); err != nil {
		if err := copyCommit(o.loong, commit, loong); err != nil {
			return nil, err
		}
	}
	app, target := filepath.Join(loong, "crates", "app"), cmp.Or(os.Getenv("CARGO_TARGET_DIR"), filepath.Join(o.work, "target"))
	p := &program{commit: commit, copied: loong, app: app, bin: filepath.Join(o.work, "bin", commit), home: filepath.Join(o.work, "home")}
	if o.read != "" {
		return p, nil // its sources are enough
	}
	s := &slice{app: app, out: filepath.Join(loong, "crates", "loonglint-slice")}
	s.make()
	s.join(loong)
	if s.err != nil {
		return nil, s.err
	}
	fmt.Fprintf(out, "building the loader of %.12s (minutes, the first time)\n", commit)
	cargo := exec.Command("cargo", "build", "--quiet", "--package", "loonglint-slice", "--bins", "--config", "profile.dev.package.loonglint-slice.opt-level=0")
	cargo.Dir = loong
	cargo.Env = append(os.Environ(), "CARGO_TARGET_DIR="+target, "CARGO_INCREMENTAL=0", "CARGO_PROFILE_DEV_DEBUG=0", "CARGO_PROFILE_DEV_OPT_LEVEL=1",
		"CARGO_PROFILE_DEV_OVERFLOW_CHECKS=false", "CARGO_PROFILE_DEV_DEBUG_ASSERTIONS=false")
	cargo.Stdout, cargo.Stderr = out, os.Stderr
	if err := cargo.Run(); err != nil {
		return nil, fmt.Errorf("cargo build: %w", err)
	}
	return p, p.keep(filepath.Join(target, "debug"))
}

// programNames are what the small crate is built into.
var programNames = []string{"structure", "ask"}

// keep copies what was built, as the next build of another commit replaces it.
func (p *program) keep(from string) error {
	if err := os.MkdirAll(p.bin, 0o700); err != nil {
		return err
	}
	for _, name := range programNames {
		b, err := os.ReadFile(filepath.Join(from, name))
		if err != nil {
			return err
		}
		to := filepath.Join(p.bin, name)
		if err := os.WriteFile(to+".new", b, 0o700); err != nil { //nolint:gosec // a program
			return err
		}
		if err := os.Rename(to+".new", to); err != nil { // one that runs cannot be written to
			return err
		}
	}
	return nil
}

// copyCommit unpacks a commit into a folder.
func copyCommit(repo, commit, to string) error {
	if err := os.MkdirAll(to, 0o700); err != nil {
		return err
	}
	archive := exec.Command("git", "-C", repo, "archive", commit)
	pipe, err := archive.StdoutPipe()
	if err != nil {
		return err
	}
	unpack := exec.Command("tar", "x", "-C", to)
	unpack.Stdin = pipe
	if err := archive.Start(); err != nil {
		return err
	}
	if err := unpack.Run(); err != nil {
		return fmt.Errorf("unpack %s: %w", commit, err)
	}
	return archive.Wait()
}

// make writes the small crate's sources.
func (s *slice) make() {
	lib := []string{"#![allow(warnings)]", "pub type CliResult<T> = Result<T, String>;", "pub mod config;", "pub mod prompt;", "pub mod tools;"}
	s.link("config")
	s.link("prompt")
	runtime := s.read("tools/runtime_config.rs")
	stub := "use std::collections::BTreeSet;\nuse serde::{Deserialize, Serialize};\n"
	for _, name := range []string{"BrowserRuntimeNarrowing", "WebFetchRuntimeNarrowing", "ToolRuntimeNarrowing"} {
		stub += s.item(runtime, `pub struct `+name+` \{`)
	}
	if strings.Contains(runtime, "fn bool_is_false") {
		stub += s.item(runtime, `fn bool_is_false`)
	}
	s.write("tools/runtime_config.rs", stub)
	tools := "pub mod runtime_config;\n"
	if s.has("secrets.rs") {
		s.link("secrets.rs")
		lib = append(lib, "pub mod secrets;")
	}
	if s.has("mcp/config.rs") {
		s.link("mcp/config.rs")
		s.write("mcp/mod.rs", "pub mod config;\npub use config::*;\n")
		lib = append(lib, "pub mod mcp;")
	}
	if strings.Contains(s.read("config/memory.rs"), "crate::memory::normalize_system_id") {
		s.write("memory.rs", s.item(s.read("memory/mod.rs"), `pub(?:\(crate\))? fn normalize_system_id`))
		lib = append(lib, "pub mod memory;")
	}
	snapshots, catalog := "", "serde_json::Value::Null"
	if s.has("channel/sdk.rs") {
		lib = append(lib, "pub mod channel;", "pub mod conversation;")
		tools += s.channels()
		snapshots, catalog = `, "snapshots": channel::channel_status_snapshots(&c)`, "serde_json::to_value(channel::list_channel_catalog()).unwrap_or_default()"
	}
	lib = append(lib, `pub fn zz_channels(path: &str) -> serde_json::Value {
    match config::load(Some(path)) {
        Ok((_, c)) => serde_json::json!({"enabled": c.enabled_channel_ids()`+snapshots+`}),
        Err(_) => serde_json::Value::Null,
    }
}`, "pub fn zz_catalog() -> serde_json::Value { "+catalog+" }")
	s.write("tools/mod.rs", tools)
	s.write("lib.rs", strings.Join(lib, "\n")+"\n")
	for _, name := range programNames {
		b, err := programs.ReadFile("slice/" + name + ".rs")
		s.fail(err)
		s.write(name+"_main.rs", string(b))
	}
}

// channels adds the registry of channels, and returns what package tools needs for it.
func (s *slice) channels() string {
	s.link("conversation/session_address.rs")
	s.write("conversation/mod.rs", "mod session_address;\npub use session_address::*;\n")
	names, err := filepath.Glob(filepath.Join(s.app, "src", "channel", "registry*.rs"))
	s.fail(err)
	for _, name := range names {
		if !strings.HasSuffix(name, "tests.rs") {
			s.link("channel/" + filepath.Base(name))
		}
	}
	for _, path := range []string{"access_policy.rs", "catalog", "registry", "core", "http.rs", "sdk.rs", "runtime/http.rs", "runtime/state.rs"} {
		s.link("channel/" + path)
	}
	s.link("tools/web_http.rs")
	s.write("channel/runtime/mod.rs", "pub(in crate::channel) mod http;\npub(in crate::channel) mod state;\n")
	bridge := ""
	if s.has("channel/plugin_bridge_runtime.rs") {
		s.link("channel/plugin_bridge_runtime.rs")
		bridge = "mod plugin_bridge_runtime;\npub use plugin_bridge_runtime::*;\n"
	}
	s.write("channel/types.rs", "pub use super::core::types::*;\n")
	s.write("channel/mod.rs", bridge+`pub(crate) mod access_policy;
mod catalog;
mod core;
mod http;
mod registry;
mod runtime;
pub(crate) mod sdk;
mod types;
pub use access_policy::*;
pub use registry::*;
pub use runtime::state::*;
pub use sdk::*;
pub(crate) use sdk::{collect_channel_validation_issues, enabled_channel_ids};
pub use types::ChannelOutboundTargetKind as ChannelCatalogTargetKind;
pub use types::*;
`)
	return "pub mod web_http;\n"
}

var (
	dependency = regexp.MustCompile(`(?m)^([\w-]+)\s*[=.].*$`)
	optional   = regexp.MustCompile(`,?\s*optional\s*=\s*true`)
	feature    = regexp.MustCompile(`(?m)^([\w-]+) = \[(.*)\]$`)
	quotedText = regexp.MustCompile(`"([^"]*)"`)
)

// join makes the small crate a member of Loong's workspace, so that its dependencies have the versions of the lock file.
func (s *slice) join(loong string) {
	manifest, err := os.ReadFile(filepath.Join(s.app, "Cargo.toml"))
	s.fail(err)
	all := s.text()
	var deps strings.Builder
	for _, m := range dependency.FindAllStringSubmatch(section(string(manifest), "dependencies"), -1) {
		name := m[1]
		used := strings.Contains(all, strings.ReplaceAll(name, "-", "_")+"::") && !slices.Contains([]string{"http", "time", "tempfile"}, name)
		if used || strings.HasSuffix(name, "contracts") || slices.Contains([]string{"serde", "serde_json", "toml"}, name) {
			deps.WriteString(optional.ReplaceAllString(m[0], "") + "\n")
		}
	}
	list := section(string(manifest), "features")
	known := feature.FindAllStringSubmatch(list, -1)
	var features strings.Builder
	for _, m := range known {
		var parts []string
		for _, q := range quotedText.FindAllStringSubmatch(m[2], -1) {
			// feishu-integration would bring in the whole client, which loading does not ask for
			if q[1] != "feishu-integration" && slices.ContainsFunc(known, func(k []string) bool { return k[1] == q[1] }) {
				parts = append(parts, q[0])
			}
		}
		fmt.Fprintf(&features, "%s = [%s]\n", m[1], strings.Join(parts, ", "))
	}
	s.put(filepath.Join(s.out, "Cargo.toml"), `[package]
name = "loonglint-slice"
version.workspace = true
edition.workspace = true
publish = false

[lib]
name = "loong_app"

[[bin]]
name = "structure"
path = "src/structure_main.rs"

[[bin]]
name = "ask"
path = "src/ask_main.rs"

[features]
`+features.String()+"\n[dependencies]\n"+deps.String())
	workspace := filepath.Join(loong, "Cargo.toml")
	b, err := os.ReadFile(workspace)
	s.fail(err)
	if text := string(b); !strings.Contains(text, "loonglint-slice") {
		with := strings.Replace(text, "\"crates/app\",\n", "\"crates/app\",\n  \"crates/loonglint-slice\",\n", 1)
		if with == text {
			s.fail(fmt.Errorf("%s: no member crates/app", workspace))
		}
		s.put(workspace, with)
	}
}

// section is what stands below [name] in a manifest.
func section(manifest, name string) string {
	_, text, _ := strings.Cut(manifest, "\n["+name+"]\n")
	text, _, _ = strings.Cut(text, "\n[")
	return text
}

// text is all Rust of the small crate, what it links to included.
func (s *slice) text() string {
	var b strings.Builder
	for _, dir := range append(s.sources, filepath.Join(s.out, "src")) {
		s.fail(eachSource(dir, func(_ string, text []byte) { b.Write(text) }))
	}
	return b.String()
}

// eachSource calls f for the Rust files in dir, which may be one itself.
func eachSource(dir string, f func(path string, text []byte)) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || !strings.HasSuffix(path, ".rs") {
			return err
		}
		text, err := os.ReadFile(path)
		if err == nil {
			f(path, text)
		}
		return err
	})
}

func (s *slice) fail(err error) {
	if s.err == nil {
		s.err = err
	}
}

func (s *slice) source(path string) string {
	return filepath.Join(s.app, "src", filepath.FromSlash(path))
}

func (s *slice) has(path string) bool {
	_, err := os.Stat(s.source(path))
	return err == nil
}

func (s *slice) read(path string) string {
	b, err := os.ReadFile(s.source(path))
	s.fail(err)
	return string(b)
}

// link puts one of Loong's files or folders at the same path of the small crate.
func (s *slice) link(path string) {
	from, to := s.source(path), filepath.Join(s.out, "src", filepath.FromSlash(path))
	_, err := os.Stat(from)
	s.fail(err)
	s.fail(os.MkdirAll(filepath.Dir(to), 0o700))
	_ = os.Remove(to)
	s.fail(os.Symlink(from, to))
	s.sources = append(s.sources, from)
}

func (s *slice) write(path, text string) {
	s.put(filepath.Join(s.out, "src", filepath.FromSlash(path)), text)
}

func (s *slice) put(path, text string) {
	s.fail(os.MkdirAll(filepath.Dir(path), 0o700))
	if old, err := os.ReadFile(path); err != nil || string(old) != text { // else Cargo would build again
		s.fail(os.WriteFile(path, []byte(text), 0o600))
	}
}

// item cuts the Rust item that begins with pattern out of text, with its attributes and braces.
func (s *slice) item(text, pattern string) string {
	at := regexp.MustCompile(`(?m)(?:^[ \t]*#\[[^\n]*\]\n)*^[ \t]*` + pattern).FindStringIndex(text)
	if at == nil {
		s.fail(fmt.Errorf("no item %s", pattern))
		return ""
	}
	depth := 0
	for i := at[0]; i < len(text); i++ {
		switch text[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return text[at[0]:i+1] + "\n"
			}
		}
	}
	s.fail(fmt.Errorf("item %s has no end", pattern))
	return ""
}
