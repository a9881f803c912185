// SPDX-License-Identifier: Apache-2.0
import { mkdir, mkdtemp, readdir, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { exec } from "../../src/support/exec.ts";
import { packageRoot } from "../../src/support/paths.ts";
import { seaworthy } from "../seaworthy.ts";

let home = "";
let env: Record<string, string> = {};

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "seaworthy-host-"));
  env = {
    XDG_STATE_HOME: join(home, "state"),
    XDG_CACHE_HOME: join(home, "cache"),
    DOCKER_HOST: `unix://${home}/nothing.sock`,
  };
});

afterEach(() => rm(home, { recursive: true }));

async function isMadeAnything(): Promise<boolean> {
  const state = await readdir(join(home, "state/seaworthy/journals")).catch(() => []);
  const unfinished = await readdir(join(home, "cache/seaworthy/unfinished")).catch(() => []);
  const mounts = (await readFile("/proc/mounts", "utf8"))
    .split("\n")
    .filter((line) => line.includes(`${home}/cache/seaworthy`));
  return state.length + unfinished.length + mounts.length > 0;
}

test("Without root it says so in one line with a hint, and makes nothing", async () => {
  const command = [process.execPath, join(packageRoot, "bin/seaworthy.js"), "up", "--cluster", "one-zone"];
  const { exitCode, stderr } = await exec(["unshare", "--user", "--map-user=65534", ...command], {
    env: { ...env, CI: "1" },
    allowFailure: true,
  });
  expect(exitCode).toBe(2);
  expect(stderr).toContain("seaworthy: bringing up a cluster with loop devices needs root\n  Hint: ");
  expect(await isMadeAnything()).toBe(false);
});

test("Without Docker and dockerd, and without consent to install them, it says what is missing and how to get it", async () => {
  const programs = join(home, "programs");
  await mkdir(programs);
  for (const folder of ["/usr/sbin", "/usr/bin", "/usr/local/bin"]) {
    for (const name of await readdir(folder)) {
      if (!/^docker/.test(name))
        await symlink(join(folder, name), join(programs, name)).catch(() => undefined);
    }
  }
  const { exitCode, stderr } = await seaworthy(["up", "--cluster", "one-zone"], {
    ...env,
    PATH: programs,
    CI: "",
  });
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(
    /seaworthy: this host lacks docker\.io\n {2}Hint: run `apt-get install docker\.io`, or let the kit do it with --yes$/,
  );
  expect(await isMadeAnything()).toBe(false);
});

test("A disk that fills up while images are built ends the run in one line, with nothing half-made left", async () => {
  await mkdir(join(home, "cache"));
  await exec(["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", join(home, "cache")]);
  try {
    const { exitCode, stderr } = await seaworthy(["up", "--cluster", "one-zone"], env);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /seaworthy: building [a-z-]+: no space left on the disk of .*\n {2}Hint: free some space/,
    );
    expect(await isMadeAnything()).toBe(false);
  } finally {
    await exec(["umount", join(home, "cache")]);
  }
});
