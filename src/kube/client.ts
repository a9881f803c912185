// SPDX-License-Identifier: Apache-2.0
import type { OutgoingHttpHeaders } from "node:http";
import type { RequestOptions } from "node:https";
import { Exec, KubeConfig, Watch, type RequestContext } from "@kubernetes/client-node";
import { KitError, toError } from "../support/errors.ts";
import { type ApiCall, callAgain } from "./calls.ts";
import {
  converse,
  execOnce,
  type Connect,
  type ExecPlace,
  type PodConversation,
  type PodExecEnd,
  type PodListener,
  type PodProgram,
} from "./pod-exec.ts";

/** The connection to one API server under one name; the only place that knows the client library. */
export interface KubeConnection {
  /** The answer's text; an error names the API's status and reason. */
  readonly call: (call: ApiCall) => Promise<string>;
  /** Streams watch events until the connection ends; resolves then, rejects when it broke or was refused. */
  readonly watch: (
    path: string,
    query: Record<string, string>,
    onEvent: (type: string, object: unknown) => void,
    signal: AbortSignal,
  ) => Promise<void>;
  readonly exec: (place: ExecPlace, argv: readonly string[], signal?: AbortSignal) => Promise<PodExecEnd>;
  /** Runs a program that is told lines and answers with lines, until it is closed. */
  readonly converse: (program: PodProgram, listener: PodListener) => Promise<PodConversation>;
}

/** Every way into the library goes through these two methods: the one place where a name can be added to all calls. */
class NamedConfig extends KubeConfig {
  userAgent = "seaworthy";

  override async applyToHTTPSOptions(options: RequestOptions): Promise<void> {
    await super.applyToHTTPSOptions(options);
    options.headers = {
      ...(options.headers as OutgoingHttpHeaders | undefined),
      "User-Agent": this.userAgent,
    };
  }

  override async applySecurityAuthentication(context: RequestContext): Promise<void> {
    await super.applySecurityAuthentication(context);
    context.setHeaderParam("User-Agent", this.userAgent);
  }
}

export interface ConnectOptions {
  /** The kubeconfig's current one when left out. */
  readonly context?: string | undefined;
  /** Ends everything this connection does. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Opens a kubeconfig.
 * @param userAgent Stands in the API server's audit log beside every call.
 * @throws KitError `KUBECONFIG_UNREADABLE`
 */
export function connect(kubeconfig: string, userAgent: string, options: ConnectOptions = {}): KubeConnection {
  const { config, server } = loadConfig(kubeconfig, options.context);
  config.userAgent = userAgent;
  return {
    call: (call) => callAgain(config, server, { ...call, signal: anyOf(call.signal, options.signal) }),
    watch: (path, query, onEvent, signal) =>
      watchOnce(config, { path, query, onEvent, signal: anyOf(signal, options.signal) ?? signal }),
    exec: (place, argv, signal) =>
      execOnce(streamsOf(config), { place, argv, signal: anyOf(signal, options.signal) }),
    converse: (program, listener) =>
      converse(streamsOf(config), { ...program, signal: anyOf(program.signal, options.signal) }, listener),
  };
}

function anyOf(one: AbortSignal | undefined, other: AbortSignal | undefined): AbortSignal | undefined {
  return one === undefined || other === undefined ? (one ?? other) : AbortSignal.any([one, other]);
}

function loadConfig(
  kubeconfig: string,
  context: string | undefined,
): { readonly config: NamedConfig; readonly server: string } {
  const config = new NamedConfig();
  try {
    config.loadFromFile(kubeconfig);
  } catch (thrown) {
    throw new KitError("KUBECONFIG_UNREADABLE", `kubeconfig ${kubeconfig}: ${toError(thrown).message}`, {
      kind: "usage",
      cause: thrown,
    });
  }
  if (context !== undefined) useContext(config, kubeconfig, context);
  const server = config.getCurrentCluster()?.server;
  if (server === undefined)
    throw new KitError("KUBECONFIG_UNREADABLE", `kubeconfig ${kubeconfig}: names no current cluster`, {
      kind: "usage",
    });
  return { config, server };
}

/**
 * One context of a kubeconfig as a file of its own, with absolute paths, and the address of its API server.
 * @throws KitError `KUBECONFIG_UNREADABLE` or `CONTEXT_UNKNOWN` of kind `usage`
 */
export function exportContext(kubeconfig: string, context?: string): { text: string; server: string } {
  const { config, server } = loadConfig(kubeconfig, context);
  const current = config.getContextObject(config.getCurrentContext());
  const only = new KubeConfig();
  only.loadFromOptions({
    clusters: config.getClusters().filter(({ name }) => name === current?.cluster),
    users: config.getUsers().filter(({ name }) => name === current?.user),
    contexts: [current],
    currentContext: config.getCurrentContext(),
  });
  return { text: only.exportConfig(), server };
}

function useContext(config: KubeConfig, kubeconfig: string, context: string): void {
  const known = config.getContexts().map(({ name }) => name);
  if (!known.includes(context)) {
    throw new KitError("CONTEXT_UNKNOWN", `kubeconfig ${kubeconfig}: has no context ${context}`, {
      kind: "usage",
      hint: `there are ${known.join(", ") || "none"}`,
    });
  }
  config.setCurrentContext(context);
}

interface WatchOptions {
  readonly path: string;
  readonly query: Record<string, string>;
  readonly onEvent: (type: string, object: unknown) => void;
  readonly signal: AbortSignal;
}

async function watchOnce(config: KubeConfig, { path, query, onEvent, signal }: WatchOptions): Promise<void> {
  if (signal.aborted) return;
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const done = (error: unknown): void => {
    if (signal.aborted || error === null || error === undefined) resolve(undefined);
    else reject(toError(error));
  };
  const controller = await new Watch(config).watch(
    path,
    query,
    (type: string, object: unknown) => {
      onEvent(type, object);
    },
    done,
  );
  const stop = (): void => {
    resolve(undefined);
    controller.abort();
  };
  signal.addEventListener("abort", stop, { once: true });
  try {
    await promise;
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

function streamsOf(config: KubeConfig): Connect {
  return ({ namespace, pod, container }, argv, { stdin, stdout, stderr, onStatus }) =>
    new Exec(config).exec(namespace, pod, container, [...argv], stdout, stderr, stdin, false, onStatus);
}
