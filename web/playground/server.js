// Asks the language server, which is part of the program, about texts. It is the one that editors use: docs/editors.md.

const uri = "file:///loong.toml";

const capabilities = {
  textDocument: {
    completion: { completionItem: { documentationFormat: ["plaintext"] } },
    diagnostic: {}, // nothing is published
    hover: { contentFormat: ["plaintext"] },
    rename: { prepareSupport: true },
  },
};

export class LanguageServer {
  #loonglint;
  #count = 0;

  constructor(loonglint) {
    this.#loonglint = loonglint;
    this.#request("initialize", { processId: null, rootUri: null, capabilities });
    this.#notify("initialized", {});
  }

  /** Makes a request about a text, with the parameters of the method besides the document. */
  ask(method, text, parameters) {
    const version = ++this.#count;
    this.#notify("textDocument/didOpen", { textDocument: { uri, languageId: "toml", version, text } });
    try {
      return this.#request(method, { textDocument: { uri }, ...parameters });
    } finally {
      this.#notify("textDocument/didClose", { textDocument: { uri } });
    }
  }

  #request(method, params) {
    const id = ++this.#count;
    const answer = this.#loonglint.lsp({ jsonrpc: "2.0", id, method, params }).find((message) => message.id === id && !message.method);
    if (answer?.error) throw new Error(answer.error.message);
    return answer?.result ?? null;
  }

  #notify(method, params) {
    this.#loonglint.lsp({ jsonrpc: "2.0", method, params });
  }
}
