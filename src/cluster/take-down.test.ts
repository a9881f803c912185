// SPDX-License-Identifier: Apache-2.0
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { enginePaths } from "./engine/engine-paths.ts";
import { Journal } from "./journal.ts";
import { takeDown } from "./take-down.ts";

let home = "";

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "seaworthy-take-down-"));
  await mkdir(join(home, "bin"));
  vi.stubEnv("REAL_PATH", process.env["PATH"]);
  vi.stubEnv("XDG_STATE_HOME", join(home, "state"));
  vi.stubEnv("XDG_CACHE_HOME", join(home, "cache"));
  // nothing of this host: no program but those that a test puts there
  vi.stubEnv("PATH", join(home, "bin"));
});

afterEach(async () => {
  await rm(enginePaths().runFolder, { recursive: true, force: true });
  vi.unstubAllEnvs();
  await rm(home, { recursive: true });
});

async function program(name: string, script: string): Promise<void> {
  const file = join(home, "bin", name);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
}

/** A cluster of an engine that does not answer, and a folder of it that has to stay until it is gone. */
async function clusterAt(socket: string): Promise<string> {
  const kept = join(home, "pool.img");
  await writeFile(kept, "");
  await new Journal("sw-x").record(
    { kind: "folder", path: kept },
    { kind: "kind-cluster", name: "sw-x", socket },
  );
  await program("docker", 'echo "Cannot connect to the Docker daemon" >&2; exit 1');
  return kept;
}

/** The kit's own engine has its socket below /run. */
const asRoot = test.skipIf(process.getuid?.() !== 0);

asRoot(
  "an engine of the kit's that has died and does not start again is named, with its last words and a hint",
  async () => {
    const kept = await clusterAt(enginePaths().socket);
    await new Journal("engine").record({ kind: "docker-engine", pidFile: enginePaths().pidFile });
    await program("dockerd", "echo 'failed to mount overlay: no such device'; exit 1");
    await expect(takeDown("sw-x", () => undefined)).rejects.toMatchObject({
      code: "ENGINE_GONE",
      kind: "host",
      message: expect.stringMatching(
        /the kit had started has died, and does not start again to remove the nodes of sw-x: /,
      ) as string,
      hint: expect.stringMatching(
        /failed to mount overlay.*seaworthy doctor.*`seaworthy gc` again/,
      ) as string,
    });
    expect(await readFile(kept, "utf8")).toBe("");
    expect((await Journal.all()).map(({ name }) => name)).toEqual(["sw-x", "engine"]);
  },
);

asRoot("so it is when there is no dockerd any more", async () => {
  await clusterAt(enginePaths().socket);
  await new Journal("engine").record({ kind: "docker-engine", pidFile: enginePaths().pidFile });
  await expect(takeDown("sw-x", () => undefined)).rejects.toMatchObject({
    code: "ENGINE_GONE",
    message: expect.stringMatching(/dockerd ENOENT/) as string,
    hint: expect.stringContaining("seaworthy doctor") as string,
  });
});

asRoot("one that runs and does not answer is ended before another is started", async () => {
  const { pidFile, socket } = enginePaths();
  vi.stubEnv("PATH", `${join(home, "bin")}:${process.env["REAL_PATH"] ?? ""}`);
  await clusterAt(socket);
  await new Journal("engine").record({ kind: "docker-engine", pidFile });
  await program("dockerd", "echo 'it is another one'; exit 1");
  const stuck = spawn(process.execPath, ["--eval", "setInterval(() => {}, 1000)", "--", pidFile], {
    argv0: "dockerd",
  });
  const ended = once(stuck, "exit");
  await expect(takeDown("sw-x", () => undefined)).rejects.toMatchObject({
    hint: expect.stringContaining("it is another one") as string,
  });
  expect(await ended).toEqual([null, "SIGTERM"]);
});

test.each([
  ["", /^no Docker engine answers, and only it can remove the nodes of sw-x$/, /^start Docker and run/],
  [
    "unix:///run/other.sock",
    /answers at unix:\/\/\/run\/other\.sock, and/,
    /^start the engine that was there/,
  ],
])(
  "an engine that is not the kit's is asked for before anything is undone (%s)",
  async (socket, message, hint) => {
    const kept = await clusterAt(socket);
    await expect(takeDown("sw-x", () => undefined)).rejects.toMatchObject({
      code: "ENGINE_GONE",
      message: expect.stringMatching(message) as string,
      hint: expect.stringMatching(hint) as string,
    });
    expect(await readFile(kept, "utf8")).toBe("");
  },
);

test("a folder that a killed run left keeps no engine up", async () => {
  await new Journal("scratch-images-1").record({ kind: "folder", path: join(home, "images") });
  await new Journal("sw-x").record({ kind: "folder", path: join(home, "x") });
  await new Journal("engine").record({ kind: "folder", path: join(home, "run") });
  expect((await takeDown("sw-x", () => undefined)).journals).toEqual(["sw-x", "engine"]);
});
