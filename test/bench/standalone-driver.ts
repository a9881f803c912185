// SPDX-License-Identifier: Apache-2.0
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { credentials, makeGenericClientConstructor, type Client } from "@grpc/grpc-js";
import { execa } from "execa";
import pRetry from "p-retry";
import { loadService } from "../../reference-driver/src/grpc/load-service.ts";
import type { TemporaryPool } from "../../reference-driver/test/temporary-pool.ts";
import { packageRoot } from "../../src/support/paths.ts";

type Answer = Readonly<Record<string, unknown>>;
type Method = (request: object, done: (error: Error | null, answer: Answer) => void) => void;

/** The driver as a process of its own, called over its socket as sidecars and the kubelet do. */
export interface StandaloneDriver {
  call(service: "Controller" | "Node", method: string, request: object): Promise<Answer>;
  /** Resident memory in MiB: now, and the most it ever was. */
  memory(): Promise<{ readonly now: number; readonly peak: number }>;
  stop(): Promise<void>;
}

const LONGEST_START = { retries: 300, minTimeout: 100, factor: 1 };

export async function startDriver(pool: TemporaryPool): Promise<StandaloneDriver> {
  const socket = join(pool.folder, "csi.sock");
  const bundle = join(packageRoot, "reference-driver/dist/driver.mjs");
  const flags = ["--endpoint", `unix://${socket}`, "--node", pool.node, "--pools", pool.poolsFile];
  const process_ = execa(process.execPath, [bundle, "standalone", ...flags], {
    reject: false,
    stdio: ["ignore", { file: join(pool.folder, "driver.log") }, "inherit"],
  });
  await pRetry(() => stat(socket), LONGEST_START);
  const clients = new Map(["Controller", "Node"].map((name) => [name, open(name, socket)]));
  return {
    call: async (service, method, request) => {
      const client = clients.get(service) as unknown as Record<string, Method>;
      return promisify((client[method] as Method).bind(client))(request);
    },
    memory: () => readMemory(process_.pid ?? 0),
    stop: async () => {
      for (const client of clients.values()) client.close();
      process_.kill("SIGTERM");
      await process_;
    },
  };
}

function open(service: string, socket: string): Client {
  const Service = makeGenericClientConstructor(loadService("csi.proto", `csi.v1.${service}`), service);
  return new Service(`unix://${socket}`, credentials.createInsecure());
}

/** VmRSS and VmHWM (proc_pid_status(5)), which are in KiB. */
async function readMemory(pid: number): Promise<{ now: number; peak: number }> {
  const text = await readFile(`/proc/${String(pid)}/status`, "utf8");
  return memoryIn(text);
}

export function memoryIn(status: string): { now: number; peak: number } {
  const mebibytes = (field: string): number =>
    Number(new RegExp(String.raw`^${field}:\s+(\d+) kB`, "m").exec(status)?.[1]) / 1024;
  return { now: mebibytes("VmRSS"), peak: mebibytes("VmHWM") };
}
