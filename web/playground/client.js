// Calls loonglint in a worker, and starts another worker when one does not answer.
import source from "./worker.txt";

/** How long a call may take, in milliseconds. */
const patience = 5000;

/** A call was given up, because it or an earlier one took too long or brought the program down. */
export class Stopped extends Error {}

export class Client {
  #module;
  #worker;
  #calls = new Map(); // what waits for an answer, by number, oldest first
  #count = 0;
  #timer;
  #isReady = false;
  #ready;

  constructor(module) {
    this.#module = module;
    this.#start();
  }

  /** Resolves to the version, the targets and the rules. */
  get ready() {
    return this.#ready;
  }

  /** Calls a method of the library; rejects with Stopped when it takes too long. */
  call(method, ...args) {
    return new Promise((resolve, reject) => {
      const id = ++this.#count;
      this.#calls.set(id, { resolve, reject });
      this.#worker.postMessage({ id, method, args });
      if (this.#calls.size === 1) this.#watch();
    });
  }

  #start() {
    // A worker from a blob has the content security policy of the page.
    const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    this.#worker = new Worker(url);
    URL.revokeObjectURL(url);
    this.#isReady = false;
    this.#ready = new Promise((resolve) => {
      this.#worker.onmessage = ({ data }) => {
        if (data.ready) {
          this.#isReady = true;
          resolve(data.ready);
        } else {
          this.#answer(data);
        }
        this.#watch();
      };
    });
    this.#worker.postMessage({ module: this.#module });
  }

  #answer({ id, result, error, fatal }) {
    if (fatal) return this.#restart("loonglint failed on this text and was stopped");
    const call = this.#calls.get(id);
    if (!call) return; // a late answer of a worker that was given up
    this.#calls.delete(id);
    if (error === undefined) call.resolve(result);
    else call.reject(new Error(error));
  }

  // watch begins to wait for the next answer.
  #watch() {
    clearTimeout(this.#timer);
    if (this.#isReady && this.#calls.size > 0) this.#timer = setTimeout(() => this.#restart(`loonglint took more than ${patience / 1000} seconds and was stopped`), patience);
  }

  #restart(why) {
    this.#worker.terminate();
    const given = [...this.#calls.values()];
    this.#calls.clear();
    this.#start();
    for (const { reject } of given) reject(new Stopped(why));
  }
}
