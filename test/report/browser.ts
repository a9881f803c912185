// SPDX-License-Identifier: Apache-2.0
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

/** What a page was seen to do. */
export interface Seen {
  /** Every address that was asked for, the page itself first. */
  readonly requests: string[];
  /** Messages of the console and errors that were thrown. */
  readonly messages: string[];
}

type Params = Readonly<Record<string, unknown>>;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly sessionId?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

/** Headless Chromium by its DevTools protocol (https://chromedevtools.github.io/devtools-protocol/), without network. */
export class Browser {
  #last = 0;
  readonly #waiting = new Map<number, PromiseWithResolvers<Readonly<Record<string, unknown>>>>();
  readonly #listeners = new Set<(message: Message) => void>();
  readonly #process: ChildProcess;
  readonly #socket: WebSocket;
  readonly #folder: string;

  private constructor(child: ChildProcess, socket: WebSocket, folder: string) {
    this.#process = child;
    this.#socket = socket;
    this.#folder = folder;
    socket.addEventListener("message", ({ data }) => this.#receive(JSON.parse(String(data)) as Message));
  }

  /** @throws Error when there is no Chromium on the PATH */
  static async start(): Promise<Browser> {
    const folder = await mkdtemp(join(tmpdir(), "seaworthy-browser-"));
    const flags = [
      "--headless=new",
      "--remote-debugging-port=0",
      "--no-first-run",
      "--disable-gpu",
      "--hide-scrollbars",
    ];
    // as root there is no sandbox to be had; the pages are our own and nothing is reachable
    const child = spawn(
      "chromium",
      [...flags, "--no-sandbox", "--disable-dev-shm-usage", `--user-data-dir=${folder}`],
      {
        stdio: ["ignore", "ignore", "pipe"],
      },
    );
    const failed = once(child, "error").then(([error]: unknown[]) => {
      throw new Error("start chromium: install the Debian package chromium", { cause: error });
    });
    const socket = new WebSocket(await Promise.race([endpointOf(child), failed]));
    await once(socket, "open");
    return new Browser(child, socket, folder);
  }

  /** @param measure clock of the page's metrics; `threadTicks` counts its own work and not its waiting */
  async open(address: string, measure?: "threadTicks"): Promise<Page> {
    const { targetId } = await this.send("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await this.send("Target.attachToTarget", { targetId, flatten: true });
    const page = new Page(this, String(sessionId));
    if (measure !== undefined) await page.send("Performance.enable", { timeDomain: measure });
    await page.load(address);
    return page;
  }

  async send(
    method: string,
    params: Params = {},
    sessionId?: string,
  ): Promise<Readonly<Record<string, unknown>>> {
    this.#last += 1;
    const answer = Promise.withResolvers<Readonly<Record<string, unknown>>>();
    this.#waiting.set(this.#last, answer);
    this.#socket.send(
      JSON.stringify({ id: this.#last, method, params, ...(sessionId === undefined ? {} : { sessionId }) }),
    );
    return answer.promise;
  }

  listen(listener: (message: Message) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async stop(): Promise<void> {
    const gone = once(this.#process, "exit");
    this.#process.kill();
    await gone;
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  #receive(message: Message): void {
    if (message.id === undefined) {
      for (const listener of this.#listeners) listener(message);
      return;
    }
    const answer = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.error === undefined) answer?.resolve(message.result ?? {});
    else answer?.reject(new Error(message.error.message));
  }
}

/** One tab. */
export class Page {
  readonly seen: Seen = { requests: [], messages: [] };
  readonly #browser: Browser;
  readonly #session: string;

  constructor(browser: Browser, session: string) {
    this.#browser = browser;
    this.#session = session;
    browser.listen(({ sessionId, method, params }) => {
      if (sessionId === session) this.#note(method, params ?? {});
    });
  }

  send(method: string, params: Params = {}): Promise<Readonly<Record<string, unknown>>> {
    return this.#browser.send(method, params, this.#session);
  }

  /** Resolves when the page and all it needs are loaded. */
  async load(address: string): Promise<void> {
    for (const domain of ["Page", "Runtime", "Log", "Network"]) await this.send(`${domain}.enable`);
    await this.send("Network.emulateNetworkConditions", {
      offline: true,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: -1,
    });
    const loaded = Promise.withResolvers<undefined>();
    const stop = this.#browser.listen(({ sessionId, method }) => {
      if (sessionId === this.#session && method === "Page.loadEventFired") loaded.resolve(undefined);
    });
    await this.send("Page.navigate", { url: address });
    await loaded.promise;
    stop();
  }

  /** The value of an expression, evaluated in the page; it must be JSON. */
  async evaluate<T>(expression: string): Promise<T> {
    const answer = await this.send("Runtime.evaluate", {
      expression,
      returnByValue: true,
      awaitPromise: true,
    });
    if (answer["exceptionDetails"] !== undefined) throw new Error(JSON.stringify(answer["exceptionDetails"]));
    return (answer["result"] as { value: T }).value;
  }

  /** @param height 0 for as much as is needed when a picture is taken */
  async resize(width: number, height = 900): Promise<void> {
    await this.send("Emulation.setDeviceMetricsOverride", {
      width,
      height,
      deviceScaleFactor: 1,
      mobile: false,
    });
  }

  async show(scheme: "light" | "dark", media: "screen" | "print" = "screen"): Promise<void> {
    await this.send("Emulation.setEmulatedMedia", {
      media,
      features: [{ name: "prefers-color-scheme", value: scheme }],
    });
  }

  async press(key: string, code = key): Promise<void> {
    const text = key === "Enter" ? { text: "\r", windowsVirtualKeyCode: 13 } : { windowsVirtualKeyCode: 9 };
    await this.send("Input.dispatchKeyEvent", { type: "keyDown", key, code, ...text });
    await this.send("Input.dispatchKeyEvent", { type: "keyUp", key, code, ...text });
  }

  /** Milliseconds the page's main thread has worked. */
  async workMs(): Promise<number> {
    const { metrics } = (await this.send("Performance.getMetrics")) as unknown as {
      metrics: readonly { readonly name: string; readonly value: number }[];
    };
    return 1000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? NaN);
  }

  /** A picture of the whole page, PNG. */
  async picture(): Promise<Buffer> {
    const { data } = await this.send("Page.captureScreenshot", { captureBeyondViewport: true });
    return Buffer.from(String(data), "base64");
  }

  /** The page as it is printed on A4, PDF. */
  async print(): Promise<Buffer> {
    const { data } = await this.send("Page.printToPDF", {
      paperWidth: 8.27,
      paperHeight: 11.69,
      printBackground: true,
    });
    return Buffer.from(String(data), "base64");
  }

  #note(method: string | undefined, params: Readonly<Record<string, unknown>>): void {
    if (method === "Network.requestWillBeSent")
      this.seen.requests.push((params["request"] as { url: string }).url);
    if (
      method === "Runtime.exceptionThrown" ||
      method === "Runtime.consoleAPICalled" ||
      method === "Log.entryAdded"
    )
      this.seen.messages.push(JSON.stringify(params));
    if (method === "Page.javascriptDialogOpening") this.seen.messages.push("a dialog was opened");
  }
}

async function endpointOf(child: ChildProcess): Promise<string> {
  if (child.stderr === null) throw new Error("start chromium: no standard error to read its address from");
  for await (const line of createInterface(child.stderr)) {
    const address = /^DevTools listening on (ws:\S+)/.exec(line)?.[1];
    if (address !== undefined) return address;
  }
  throw new Error("start chromium: it ended before it said its address");
}
