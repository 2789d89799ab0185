// Runs the language server in a worker. The first message is the program, each other one is one of the protocol.
import { start } from "../../../web/wasm/core.js";

/** What the program has besides the library when it is built with the tag lsp. */
interface Server {
  lsp(message: unknown, answer: (message: unknown) => void): void;
}

let server: Promise<Server> | undefined;

async function begin(program: BufferSource): Promise<Server> {
  return (await start(await WebAssembly.compile(program))) as unknown as Server;
}

// Messages that come before the program runs wait for it, in their order. Whoever has started the worker is told of an error.
onmessage = async ({ data }: MessageEvent) => {
  try {
    if (server) (await server).lsp(data, (message) => postMessage(message));
    else await (server = begin(data));
  } catch (error) {
    setTimeout(() => {
      throw error;
    });
  }
};
