// SPDX-License-Identifier: Apache-2.0
import { parseArgs } from "node:util";
import type { Scope } from "../csi/scope.ts";

/** What runs in this process. */
const MODES = ["controller", "node", "extender", "manager", "discoverer", "standalone"] as const;
type Mode = (typeof MODES)[number];
/** Modes that run on a node for that node. */
const ON_NODE: readonly Mode[] = ["node", "manager", "discoverer", "standalone"];

/** The command line. */
export interface Flags {
  readonly mode: Mode;
  readonly endpoint: string;
  readonly driverName: string;
  /** This node's name. From --node, else the environment's NODE_NAME. */
  readonly node: string;
  readonly pools: string;
  readonly lvmSystemDir: string;
  readonly kubeletDir: string;
  readonly registrationDir: string;
  /** Whether pools belong to a node or to a zone whose nodes share them. */
  readonly scope: Scope;
  /** Namespace of the driver, for its leases. */
  readonly namespace: string;
  readonly healthPort: number | undefined;
  /** Where the extender listens. */
  readonly listen: { readonly host: string; readonly port: number };
  /** Folder with the extender's tls.crt and tls.key. */
  readonly tlsDir: string;
  /** How many volumes this node may have staged at once; 0 for no limit. */
  readonly maxVolumes: number;
  /** Folder of the node whose block devices and mounts are static volumes. */
  readonly staticDir: string;
  /** StorageClass of the static volumes. */
  readonly staticClass: string;
}

const OPTIONS = {
  endpoint: { type: "string", default: "unix:///csi/csi.sock" },
  "driver-name": { type: "string", default: "local.seaworthy.dev" },
  node: { type: "string" },
  pools: { type: "string", default: "/etc/seaworthy/pools.json" },
  "lvm-system-dir": { type: "string", default: "/etc/seaworthy/lvm" },
  "kubelet-dir": { type: "string", default: "/var/lib/kubelet" },
  "registration-dir": { type: "string", default: "/registration" },
  namespace: { type: "string", default: "default" },
  scope: { type: "string", default: "node" },
  "health-port": { type: "string" },
  listen: { type: "string", default: "127.0.0.1:10270" },
  "static-dir": { type: "string", default: "/mnt/seaworthy-static" },
  "static-class": { type: "string", default: "seaworthy-static" },
  "tls-dir": { type: "string", default: "/etc/seaworthy/extender" },
  "max-volumes": { type: "string", default: "0" },
} as const;

/** Reads the command line. @throws Error that says what is wrong with it */
export function parseFlags(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Flags {
  const { values, positionals } = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  const [mode, ...more] = positionals;
  if (more.length > 0 || !isMode(mode)) {
    throw new Error(`mode: one of ${MODES.join(", ")} is expected, found ${positionals.join(" ") || "none"}`);
  }
  const node = values.node ?? env["NODE_NAME"] ?? "";
  if (ON_NODE.includes(mode) && node === "")
    throw new Error(`${mode}: --node or the environment's NODE_NAME is needed`);
  return {
    mode,
    node,
    endpoint: values.endpoint,
    driverName: values["driver-name"],
    pools: values.pools,
    lvmSystemDir: values["lvm-system-dir"],
    kubeletDir: values["kubelet-dir"],
    registrationDir: values["registration-dir"],
    healthPort:
      values["health-port"] === undefined ? undefined : readPort(values["health-port"], "health-port"),
    namespace: values.namespace,
    scope: readScope(values.scope),
    listen: readAddress(values.listen),
    tlsDir: values["tls-dir"],
    maxVolumes: readLimit(values["max-volumes"]),
    staticDir: values["static-dir"],
    staticClass: values["static-class"],
  };
}

function isMode(text: string | undefined): text is Mode {
  return MODES.some((mode) => mode === text);
}

function readAddress(text: string): { host: string; port: number } {
  const at = text.lastIndexOf(":");
  if (at < 1) throw new Error(`--listen: ${text} is no host:port`);
  return { host: text.slice(0, at), port: readPort(text.slice(at + 1), "listen") };
}

function readPort(text: string, flag: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`--${flag}: ${text} is no port`);
  return port;
}

function readLimit(text: string): number {
  const limit = Number(text);
  if (text === "" || !Number.isInteger(limit) || limit < 0)
    throw new Error(`--max-volumes: a whole number is expected, found ${text}`);
  return limit;
}

function readScope(text: string): Scope {
  if (text !== "node" && text !== "zone") throw new Error(`--scope: node or zone is expected, found ${text}`);
  return text;
}
