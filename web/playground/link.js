// The link that holds a text and its settings: #v1= and the base64url of the raw deflate of their JSON,
//   {"text", "settings", "variables", "target", "level", "enable", "disable"}
// of which all but the text may be missing. variables are names, or NAME=value, which is never made here; an empty list says
// that none exists.

const prefix = "#v1=";

/** The longest fragment that is made; browsers cut or refuse longer addresses. */
const longest = 1_000_000;

/** Returns the fragment for a state; rejects where it would be too long. */
export async function encode(state) {
  const packed = await through(new CompressionStream("deflate-raw"), new TextEncoder().encode(JSON.stringify(state)));
  let binary = "";
  for (const byte of packed) binary += String.fromCharCode(byte);
  const fragment = prefix + btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
  if (fragment.length > longest) throw new Error("The text is too long for a link.");
  return fragment;
}

/** Returns the state of a fragment, null where it has none; rejects where it is damaged. */
export async function decode(fragment) {
  if (!fragment.startsWith(prefix)) return null;
  const binary = atob(fragment.slice(prefix.length).replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = await through(new DecompressionStream("deflate-raw"), Uint8Array.from(binary, (c) => c.charCodeAt(0)));
  const state = JSON.parse(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes));
  if (typeof state.text !== "string") throw new Error("it has no text");
  return state;
}

/** The most bytes that a link may unpack to. */
const most = 16 << 20;

async function through(transform, bytes) {
  const chunks = [];
  let size = 0;
  for await (const chunk of readAll(new Blob([bytes]).stream().pipeThrough(transform).getReader())) {
    size += chunk.length;
    if (size > most) throw new Error("it is too large");
    chunks.push(chunk);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}

async function* readAll(reader) {
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}
