// SPDX-License-Identifier: Apache-2.0
import { parseArgs } from "node:util";

/** What runs in this process. */
type Mode = "controller" | "node" | "standalone";

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
  readonly healthPort: number | undefined;
}

const OPTIONS = {
  endpoint: { type: "string", default: "unix:///csi/csi.sock" },
  "driver-name": { type: "string", default: "local.seaworthy.dev" },
  node: { type: "string" },
  pools: { type: "string", default: "/etc/seaworthy/pools.json" },
  "lvm-system-dir": { type: "string", default: "/etc/seaworthy/lvm" },
  "kubelet-dir": { type: "string", default: "/var/lib/kubelet" },
  "registration-dir": { type: "string", default: "/registration" },
  "health-port": { type: "string" },
} as const;

/** Reads the command line. @throws Error that says what is wrong with it */
export function parseFlags(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Flags {
  const { values, positionals } = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  const [mode, ...more] = positionals;
  if (more.length > 0 || !isMode(mode)) {
    throw new Error(
      `mode: one of controller, node, standalone is expected, found ${positionals.join(" ") || "none"}`,
    );
  }
  const node = values.node ?? env["NODE_NAME"] ?? "";
  if (mode !== "controller" && node === "")
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
    healthPort: readPort(values["health-port"]),
  };
}

function isMode(text: string | undefined): text is Mode {
  return text === "controller" || text === "node" || text === "standalone";
}

function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`--health-port: ${text} is no port`);
  return port;
}
