// Reads JSON lines {"id","toml" or "hex","env"} and prints what the config loader makes of each: diagnostics, selection, profiles.
// --channels adds the readiness of channels, --catalog prints the program's own list of channels instead.
#![allow(warnings)]
use loong_app::config as c;
use std::io::{BufRead, Write};
use serde_json::{json, Value};

// Methods that the oldest releases lack: an inherent method of the same name wins where it exists.
trait Compat {
    fn auth_hint_env_names(&self) -> Vec<String>;
    fn requires_explicit_auth_configuration(&self) -> Option<bool> { None }
}
impl Compat for c::ProviderConfig {
    fn auth_hint_env_names(&self) -> Vec<String> { self.credential_env_names() }
}

#[allow(unused_imports)]
fn provider_facts(p: &c::ProviderConfig) -> Value {
    json!({
        "kind": p.kind.as_str(),
        "inferred_id": p.inferred_profile_id(),
        "base_url": p.resolved_base_url(),
        "endpoint": p.endpoint(),
        "models_endpoint": p.models_endpoint(),
        "model": p.configured_model_value(),
        "explicit_model": p.explicit_model(),
        "auto_candidates": p.configured_auto_model_candidates(),
        "needs_fetch": p.model_selection_requires_fetch(),
        "auth_env_name": p.resolved_auth_env_name(),
        "auth_hint_env_names": p.auth_hint_env_names(),
        "credential_env_names": p.credential_env_names(),
        "has_secret": p.resolved_auth_secret().is_some(),
        "api_key_candidates": p.api_key_candidates().len(),
        "requires_explicit_auth": p.requires_explicit_auth_configuration(),
        "has_configuration_hint": p.configuration_hint().is_some(),
        "unresolved_custom_base_url": p.has_unresolved_custom_base_url(),
        "transport_level": serde_json::to_value(format!("{:?}", p.transport_readiness().level)).unwrap_or(Value::Null),
        "differs_from_default": p.differs_from_default(),
    })
}

fn main() {
    let stdin = std::io::stdin();
    let out = std::io::stdout();
    let mut out = std::io::BufWriter::new(out.lock());
    let dir = std::env::var("ASK_DIR").unwrap_or_else(|_| std::env::temp_dir().display().to_string());
    let path = format!("{dir}/ask-{}.toml", std::process::id());
    if std::env::args().any(|a| a == "--catalog") { println!("{}", loong_app::zz_catalog()); return; }
    let channels = std::env::args().any(|a| a == "--channels");
    for line in stdin.lock().lines() {
        let line = match line { Ok(l) => l, Err(_) => break };
        if line.trim().is_empty() { continue; }
        let v: Value = match serde_json::from_str(&line) { Ok(v) => v, Err(e) => { eprintln!("bad line {e}"); continue } };
        let bytes: Vec<u8> = if let Some(t) = v.get("toml").and_then(Value::as_str) { t.as_bytes().to_vec() }
            else if let Some(h) = v.get("hex").and_then(Value::as_str) {
                (0..h.len()/2).filter_map(|i| u8::from_str_radix(&h[2*i..2*i+2], 16).ok()).collect()
            } else { continue };
        let _ = std::fs::write(&path, &bytes);
        let mut envs = Vec::new();
        if let Some(e) = v.get("env").and_then(Value::as_object) {
            for (k, val) in e {
                if let Some(s) = val.as_str() {
                    #[allow(unsafe_code)]
                    unsafe { std::env::set_var(k, s) };
                    envs.push(k.clone());
                }
            }
        }
        let mut r = serde_json::Map::new();
        r.insert("id".into(), v.get("id").cloned().unwrap_or(Value::Null));
        let res = std::panic::catch_unwind(|| {
            let mut r = serde_json::Map::new();
            match c::validate_file_with_locale(Some(&path), "en") {
                Err(e) => { r.insert("decode_error".into(), json!(e)); }
                Ok((_, ds)) => {
                    let ds: Vec<Value> = ds.iter().map(|d| {
                        json!({"severity": d.severity, "code": d.code, "field_path": d.field_path,
                           "inline_field_path": d.inline_field_path, "suggested_env_name": d.suggested_env_name,
                           "example_env_name": d.example_env_name, "vars": d.message_variables})
                    }).collect();
                    r.insert("diagnostics".into(), json!(ds));
                    match c::load(Some(&path)) {
                        Err(e) => { r.insert("load_error".into(), json!(e.lines().next().unwrap_or("").chars().take(160).collect::<String>())); }
                        Ok((_, cfg)) => {
                            r.insert("active_provider".into(), json!(cfg.active_provider));
                            r.insert("last_provider".into(), json!(cfg.last_provider));
                            r.insert("provider".into(), provider_facts(&cfg.provider));
                            let mut m = serde_json::Map::new();
                            for (id, p) in &cfg.providers {
                                let mut f = provider_facts(&p.provider);
                                if let Some(o) = f.as_object_mut() {
                                    o.insert("default_for_kind".into(), json!(p.default_for_kind));
                                }
                                m.insert(id.clone(), f);
                            }
                            r.insert("providers".into(), Value::Object(m));
                            if channels { r.insert("channels".into(), loong_app::zz_channels(&path)); }
                        }
                    }
                }
            }
            r
        });
        match res {
            Ok(m) => r.extend(m),
            Err(_) => { r.insert("panic".into(), json!(true)); }
        }
        for k in envs {
            #[allow(unsafe_code)]
            unsafe { std::env::remove_var(k) };
        }
        let _ = serde_json::to_writer(&mut out, &Value::Object(r));
        let _ = out.write_all(b"\n");
    }
    let _ = out.flush();
}
