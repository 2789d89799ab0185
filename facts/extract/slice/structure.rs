// Asks the config type of the crate that this is compiled in what it reads.
//
// structure        prints one JSON document: every struct, enum and field that deserializing asks for, with defaults
// structure read   JSON lines {"id","toml"} in, {"id","ok": the value written out again} or {"id","err"} out
//
// The type is given a Deserializer without data, which walks to one path, notes the method that is called there with the
// names passed along, and stops. So types, names, order and words come from the compiled program.
#![allow(warnings)]
use serde::de::{self, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Expected, MapAccess, SeqAccess, VariantAccess, Visitor};
use serde_json::{Map, Value, json};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::io::{BufRead, Write};

#[derive(Debug)]
struct Stop(String);
impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
}
impl std::error::Error for Stop {}
impl de::Error for Stop {
    fn custom<T: fmt::Display>(m: T) -> Self { Stop(m.to_string()) }
}

#[derive(Clone)]
enum Mode {
    Shape,
    Keys(Vec<String>), // at the target struct: give these keys dummy values and note the outcome
    Array,             // at the target struct: give an empty array and note the outcome
}
struct Ctx { mode: Mode, out: RefCell<Value>, wraps: RefCell<Vec<String>> }
struct R<'c> { path: &'c [String], ctx: &'c Ctx }

fn expecting<'de, V: Visitor<'de>>(v: &V) -> String {
    let e: &dyn Expected = v;
    e.to_string()
}

impl<'c> R<'c> {
    fn note<X>(&self, mut v: Value) -> Result<X, Stop> {
        if let Some(o) = v.as_object_mut() {
            o.insert("wraps".into(), json!(self.ctx.wraps.borrow().clone()));
            if !self.path.is_empty() { o.insert("blocked_before".into(), json!(self.path)); }
        }
        *self.ctx.out.borrow_mut() = v;
        Err(Stop("stop".into()))
    }
    fn leaf<'de, V: Visitor<'de>>(self, call: &str, v: V) -> Result<V::Value, Stop> {
        let e = expecting(&v);
        self.note(json!({"call": call, "expecting": e}))
    }
    fn outcome<X, Y>(&self, r: Result<X, Stop>) -> Result<Y, Stop> {
        let v = match r { Ok(_) => json!({"outcome": "ok"}), Err(e) => json!({"outcome": e.0}) };
        self.note(v)
    }
}

macro_rules! leaves { ($($m:ident $n:literal),* $(,)?) => { $(fn $m<V: Visitor<'de>>(self, v: V) -> Result<V::Value, Stop> { self.leaf($n, v) })* } }

impl<'de, 'c> Deserializer<'de> for R<'c> {
    type Error = Stop;
    leaves! { deserialize_any "any", deserialize_bool "bool", deserialize_i8 "i8", deserialize_i16 "i16", deserialize_i32 "i32", deserialize_i64 "i64",
        deserialize_i128 "i128", deserialize_u8 "u8", deserialize_u16 "u16", deserialize_u32 "u32", deserialize_u64 "u64", deserialize_u128 "u128",
        deserialize_f32 "f32", deserialize_f64 "f64", deserialize_char "char", deserialize_str "str", deserialize_string "string",
        deserialize_bytes "bytes", deserialize_byte_buf "bytes", deserialize_unit "unit", deserialize_identifier "identifier",
        deserialize_ignored_any "ignored_any" }
    fn deserialize_option<V: Visitor<'de>>(self, v: V) -> Result<V::Value, Stop> {
        if self.path.is_empty() { self.ctx.wraps.borrow_mut().push("option".into()); }
        v.visit_some(self)
    }
    fn deserialize_unit_struct<V: Visitor<'de>>(self, n: &'static str, v: V) -> Result<V::Value, Stop> { let e = expecting(&v); self.note(json!({"call": "unit_struct", "name": n, "expecting": e})) }
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, n: &'static str, v: V) -> Result<V::Value, Stop> {
        if self.path.is_empty() { self.ctx.wraps.borrow_mut().push(format!("newtype {n}")); }
        v.visit_newtype_struct(self)
    }
    fn deserialize_seq<V: Visitor<'de>>(self, v: V) -> Result<V::Value, Stop> {
        match self.path.first().map(String::as_str) {
            None => { self.ctx.wraps.borrow_mut().push("list".into()); v.visit_seq(One { key: None, value: Some(self) }) }
            Some("[]") => v.visit_seq(One { key: None, value: Some(R { path: self.path.get(1..).unwrap_or(&[]), ctx: self.ctx }) }),
            _ => self.leaf("seq", v),
        }
    }
    fn deserialize_tuple<V: Visitor<'de>>(self, n: usize, v: V) -> Result<V::Value, Stop> { let e = expecting(&v); self.note(json!({"call": "tuple", "len": n, "expecting": e})) }
    fn deserialize_tuple_struct<V: Visitor<'de>>(self, n: &'static str, _l: usize, v: V) -> Result<V::Value, Stop> { let e = expecting(&v); self.note(json!({"call": "tuple_struct", "name": n, "expecting": e})) }
    fn deserialize_map<V: Visitor<'de>>(self, v: V) -> Result<V::Value, Stop> {
        let kind = Cell::new("");
        if self.path.is_empty() {
            match self.ctx.mode.clone() {
                Mode::Keys(k) => { let r = v.visit_map(Fill { keys: k.into_iter(), }); return self.outcome(r); }
                Mode::Array => { let r = v.visit_seq(Nothing); return self.outcome(r); }
                Mode::Shape => {}
            }
            let e = expecting(&v);
            self.ctx.wraps.borrow_mut().push("map".into());
            let ctx = self.ctx;
            let r = v.visit_map(One { key: Some(("id".to_string(), &kind)), value: Some(self) });
            if kind.get() == "identifier" {
                // a struct with a flattened part reads its keys as identifiers, a map reads them as its key type
                ctx.wraps.borrow_mut().pop();
                let wraps = ctx.wraps.borrow().clone();
                *ctx.out.borrow_mut() = json!({"call": "struct_with_flatten", "expecting": e, "wraps": wraps});
            }
            return r.and_then(|_| Err(Stop("stop".into())));
        }
        let k = match self.path.first().map(String::as_str) { Some("<id>") => "id".to_string(), Some(k) => k.to_string(), None => String::new() };
        v.visit_map(One { key: Some((k, &kind)), value: Some(R { path: self.path.get(1..).unwrap_or(&[]), ctx: self.ctx }) })
    }
    fn deserialize_struct<V: Visitor<'de>>(self, name: &'static str, fields: &'static [&'static str], v: V) -> Result<V::Value, Stop> {
        if self.path.is_empty() {
            return match self.ctx.mode.clone() {
                Mode::Shape => { let e = expecting(&v); self.note(json!({"call": "struct", "name": name, "fields": fields, "expecting": e})) }
                Mode::Keys(k) => { let r = v.visit_map(Fill { keys: k.into_iter() }); self.outcome(r) }
                Mode::Array => { let r = v.visit_seq(Nothing); self.outcome(r) }
            };
        }
        let kind = Cell::new("");
        let k = self.path.first().cloned().unwrap_or_default();
        v.visit_map(One { key: Some((k, &kind)), value: Some(R { path: self.path.get(1..).unwrap_or(&[]), ctx: self.ctx }) })
    }
    fn deserialize_enum<V: Visitor<'de>>(self, name: &'static str, variants: &'static [&'static str], v: V) -> Result<V::Value, Stop> { let e = expecting(&v); self.note(json!({"call": "enum", "name": name, "variants": variants, "expecting": e})) }
}

struct One<'c, 'k> { key: Option<(String, &'k Cell<&'static str>)>, value: Option<R<'c>> }
impl<'de> SeqAccess<'de> for One<'_, '_> {
    type Error = Stop;
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, s: T) -> Result<Option<T::Value>, Stop> { match self.value.take() { Some(r) => s.deserialize(r).map(Some), None => Ok(None) } }
}
impl<'de> MapAccess<'de> for One<'_, '_> {
    type Error = Stop;
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, s: K) -> Result<Option<K::Value>, Stop> { match self.key.take() { Some((k, c)) => s.deserialize(Key(k, Some(c))).map(Some), None => Ok(None) } }
    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, s: T) -> Result<T::Value, Stop> { match self.value.take() { Some(r) => s.deserialize(r), None => Err(Stop("no value".into())) } }
}
struct Key<'k>(String, Option<&'k Cell<&'static str>>);
macro_rules! keys { ($($m:ident $n:literal),* $(,)?) => { $(fn $m<V: Visitor<'de>>(self, v: V) -> Result<V::Value, Stop> { if let Some(c) = self.1 { c.set($n); } v.visit_str(&self.0) })* } }
impl<'de> Deserializer<'de> for Key<'_> {
    type Error = Stop;
    keys! { deserialize_any "any", deserialize_str "string", deserialize_string "string", deserialize_identifier "identifier", deserialize_ignored_any "ignored_any" }
    serde::forward_to_deserialize_any! { bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf option unit unit_struct newtype_struct seq tuple tuple_struct map struct enum }
}
struct Nothing;
impl<'de> SeqAccess<'de> for Nothing { type Error = Stop; fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, _: T) -> Result<Option<T::Value>, Stop> { Ok(None) } }
struct Fill { keys: std::vec::IntoIter<String> }
impl<'de> MapAccess<'de> for Fill {
    type Error = Stop;
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, s: K) -> Result<Option<K::Value>, Stop> { match self.keys.next() { Some(k) => s.deserialize(Key(k, None)).map(Some), None => Ok(None) } }
    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, s: T) -> Result<T::Value, Stop> { s.deserialize(Dummy) }
}
struct Dummy;
macro_rules! ints { ($($m:ident $v:ident),* $(,)?) => { $(fn $m<V: Visitor<'de>>(self, v: V) -> Result<V::Value, Stop> { v.$v(1 as _) })* } }
impl<'de> Deserializer<'de> for Dummy {
    type Error = Stop;
    ints! { deserialize_i8 visit_i8, deserialize_i16 visit_i16, deserialize_i32 visit_i32, deserialize_i64 visit_i64, deserialize_u8 visit_u8, deserialize_u16 visit_u16, deserialize_u32 visit_u32, deserialize_u64 visit_u64, deserialize_f32 visit_f32, deserialize_f64 visit_f64 }
    fn deserialize_any<V: Visitor<'de>>(self, v: V) -> Result<V::Value, Stop> { v.visit_str("x") }
    fn deserialize_bool<V: Visitor<'de>>(self, v: V) -> Result<V::Value, Stop> { v.visit_bool(true) }
    fn deserialize_option<V: Visitor<'de>>(self, v: V) -> Result<V::Value, Stop> { v.visit_none() }
    fn deserialize_seq<V: Visitor<'de>>(self, v: V) -> Result<V::Value, Stop> { v.visit_seq(Nothing) }
    fn deserialize_map<V: Visitor<'de>>(self, v: V) -> Result<V::Value, Stop> { v.visit_map(Fill { keys: Vec::new().into_iter() }) }
    fn deserialize_struct<V: Visitor<'de>>(self, _: &'static str, _: &'static [&'static str], v: V) -> Result<V::Value, Stop> { v.visit_map(Fill { keys: Vec::new().into_iter() }) }
    fn deserialize_enum<V: Visitor<'de>>(self, _: &'static str, vs: &'static [&'static str], v: V) -> Result<V::Value, Stop> { v.visit_enum(First(vs.first().copied().unwrap_or(""))) }
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, v: V) -> Result<V::Value, Stop> { v.visit_newtype_struct(self) }
    serde::forward_to_deserialize_any! { i128 u128 char str string bytes byte_buf unit unit_struct tuple tuple_struct identifier ignored_any }
}
struct First(&'static str);
impl<'de> EnumAccess<'de> for First {
    type Error = Stop; type Variant = First;
    fn variant_seed<S: DeserializeSeed<'de>>(self, s: S) -> Result<(S::Value, First), Stop> { Ok((s.deserialize(Key(self.0.to_string(), None))?, self)) }
}
impl<'de> VariantAccess<'de> for First {
    type Error = Stop;
    fn unit_variant(self) -> Result<(), Stop> { Ok(()) }
    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, s: S) -> Result<S::Value, Stop> { s.deserialize(Dummy) }
    fn tuple_variant<V: Visitor<'de>>(self, _: usize, v: V) -> Result<V::Value, Stop> { v.visit_seq(Nothing) }
    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], v: V) -> Result<V::Value, Stop> { v.visit_map(Fill { keys: Vec::new().into_iter() }) }
}

fn ask<T: DeserializeOwned>(path: &[String], mode: Mode) -> Value {
    let ctx = Ctx { mode, out: RefCell::new(Value::Null), wraps: RefCell::new(Vec::new()) };
    let r = T::deserialize(R { path, ctx: &ctx });
    let mut v = ctx.out.into_inner();
    if v.is_null() { v = json!({"call": "not reached", "error": r.err().map(|e| e.0)}); }
    v
}

fn at<'v>(v: &'v Value, path: &[String]) -> Option<&'v Value> {
    let mut v = v;
    for p in path { v = v.get(if p == "<id>" { "id" } else { p.as_str() })?; }
    Some(v)
}

fn shapes<T: DeserializeOwned + serde::Serialize>() -> Value {
    let s = |x: &str| x.to_string();
    let back = |t: &str| -> Result<Value, String> { toml::from_str::<T>(t).map_err(|e| e.to_string()).and_then(|c| serde_json::to_value(&c).map_err(|e| e.to_string())) };
    let absent = back("").unwrap_or(Value::Null);
    let (mut types, mut queue, mut conflicts, mut enums): (BTreeMap<String, Value>, VecDeque<Vec<String>>, Vec<Value>, BTreeMap<String, Value>) = Default::default();
    queue.push_back(Vec::new());
    let mut root = String::new();
    let mut asked = 0usize;
    while let Some(p) = queue.pop_front() {
        let shape = ask::<T>(&p, Mode::Shape); asked += 1;
        let mut sp = p.clone();
        for w in shape["wraps"].as_array().into_iter().flatten() { match w.as_str() { Some("list") => sp.push(s("[]")), Some("map") => sp.push(s("<id>")), _ => {} } }
        let call = shape["call"].as_str().unwrap_or("").to_string();
        if call == "enum" { enums.insert(shape["name"].as_str().unwrap_or("").into(), shape.clone()); }
        if call != "struct" && call != "struct_with_flatten" { continue; }
        // The present-but-empty section, read back.
        let header = sp.iter().map(|x| if x == "<id>" { "id" } else { x.as_str() }).collect::<Vec<_>>().join(".");
        let has_list = sp.iter().any(|x| x == "[]");
        let present = if sp.is_empty() { Ok(absent.clone()) } else if has_list { Err(s("inside a list")) } else { back(&format!("[{header}]\n")).map(|v| at(&v, &sp).cloned().unwrap_or(Value::Null)) };
        let mut names: Vec<String> = match shape["fields"].as_array() { Some(a) => a.iter().filter_map(|x| x.as_str().map(s)).collect(), None => Vec::new() };
        if names.is_empty() { if let Ok(Value::Object(o)) = &present { names = o.keys().cloned().collect(); } }
        let name = match shape["name"].as_str() { Some(n) => n.to_string(), None => shape["expecting"].as_str().unwrap_or("?").trim_start_matches("struct ").to_string() };
        if p.is_empty() { root = name.clone(); }
        if let Some(t) = types.get_mut(&name) {
            if t["names"] != json!(names) { conflicts.push(json!({"type": name, "path": sp, "names": names, "first": t["path"]})); }
            if let Some(a) = t["used_at"].as_array_mut() { a.push(json!(p.join("."))); }
            // defaults of this place, when they differ from the first place
            if let Ok(v) = &present { if t["present"] != *v { let v = v.clone(); if let Some(o) = t.as_object_mut() { o.entry("present_elsewhere").or_insert_with(|| json!({})).as_object_mut().map(|m| m.insert(sp.join("."), v)); } } }
            continue;
        }
        let (mut required, mut given) = (Vec::new(), Vec::new());
        let mut end;
        loop {
            let r = ask::<T>(&sp, Mode::Keys(given.clone())); asked += 1;
            end = r["outcome"].as_str().unwrap_or("not reached").to_string();
            let Some(m) = end.strip_prefix("missing field `").and_then(|x| x.split('`').next()).map(s) else { break };
            if given.contains(&m) { break; }
            required.push(m.clone()); given.push(m);
        }
        let mut k = given.clone(); k.push(s("zz_unknown"));
        let unknown = ask::<T>(&sp, Mode::Keys(k))["outcome"].clone(); asked += 1;
        let array = ask::<T>(&sp, Mode::Array)["outcome"].clone(); asked += 1;
        let mut fields = Vec::new();
        for n in &names {
            let mut q = sp.clone(); q.push(n.clone());
            let f = ask::<T>(&q, Mode::Shape); asked += 1;
            fields.push(json!({"name": n, "shape": f}));
            queue.push_back(q);
        }
        // names that do not come back when serialized are aliases (or never serialized): the duplicate error tells whose
        let mut aliases = Map::new();
        if let Ok(Value::Object(o)) = &present {
            for n in names.iter().filter(|n| !o.contains_key(*n)) {
                let mut of = Value::Null;
                for m in names.iter().filter(|m| *m != n) {
                    let r = ask::<T>(&sp, Mode::Keys(vec![m.clone(), n.clone()])); asked += 1;
                    if let Some(d) = r["outcome"].as_str().and_then(|x| x.strip_prefix("duplicate field `")).and_then(|x| x.split('`').next()) { of = json!(d); break; }
                }
                aliases.insert(n.clone(), of);
            }
        }
        types.insert(name.clone(), json!({"path": sp, "used_at": [p.join(".")], "call": call, "names": names, "fields": fields, "required": required, "all_given": end,
            "with_unknown_key": unknown, "empty_array": array, "not_serialized": aliases,
            "present": present.clone().unwrap_or(Value::Null), "present_error": present.err(),
            "absent": if has_list || sp.iter().any(|x| x == "<id>") { Value::Null } else { at(&absent, &sp).cloned().unwrap_or(Value::Null) }}));
    }
    json!({"root": root, "types": types, "enums": enums, "conflicts": conflicts, "asked": asked})
}

// The config type is named through the loader's own signature, as its name changed between releases.
fn run<T: DeserializeOwned + serde::Serialize>(_: fn(Option<&str>) -> Result<(std::path::PathBuf, T), String>) {
    let out = std::io::stdout();
    let mut out = std::io::BufWriter::new(out.lock());
    if std::env::args().nth(1).as_deref() == Some("read") {
        for line in std::io::stdin().lock().lines().map_while(Result::ok) {
            let Ok(v) = serde_json::from_str::<Value>(&line) else { continue };
            let r = match toml::from_str::<T>(v["toml"].as_str().unwrap_or("")) {
                Ok(c) => json!({"id": v["id"], "ok": serde_json::to_value(&c).unwrap_or(Value::Null)}),
                Err(e) => json!({"id": v["id"], "err": e.message()}),
            };
            let _ = serde_json::to_writer(&mut out, &r);
            let _ = out.write_all(b"\n");
        }
    } else {
        let _ = serde_json::to_writer_pretty(&mut out, &shapes::<T>());
    }
    let _ = out.flush();
}

fn main() { run(loong_app::config::load); }
