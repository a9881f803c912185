// SPDX-License-Identifier: Apache-2.0
import { mkdir } from "node:fs/promises";
import { createInterface } from "node:readline";
import { execa } from "execa";

/** A real registry on 127.0.0.1. */
export interface LocalRegistry {
  /** As image references name it. */
  readonly address: string;
  /** Pushes an archive and returns its reference with the digest it got. */
  push(archive: string, name: string): Promise<string>;
  stop(): Promise<void>;
}

/** Starts `crane registry serve` on a free port with its blobs in a folder. */
export async function startLocalRegistry(crane: string, folder: string): Promise<LocalRegistry> {
  await mkdir(folder, { recursive: true });
  const server = execa(crane, ["registry", "serve", "--address", "127.0.0.1:0", "--disk", folder], {
    reject: false,
    cleanup: true,
    buffer: false,
  });
  const port = await readPort(server.stderr);
  server.stderr.resume();
  const address = `127.0.0.1:${port}`;
  return {
    address,
    push: async (archive, name) => {
      const pushed = await execa(crane, ["push", archive, `${address}/${name}`]);
      return `${address}/${name}@${/sha256:[0-9a-f]{64}/.exec(pushed.stdout)?.[0] ?? ""}`;
    },
    stop: async () => {
      server.kill();
      await server;
    },
  };
}

async function readPort(output: NodeJS.ReadableStream): Promise<string> {
  const lines = createInterface({ input: output });
  for await (const line of lines) {
    const port = /serving on port (\d+)/.exec(line)?.[1];
    if (port !== undefined) return port;
  }
  throw new Error("the registry ended before it served");
}
