// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadCatalogue } from "../../src/catalogue/load.ts";
import { exec } from "../../src/support/exec.ts";
import { packageRoot } from "../../src/support/paths.ts";

/** Packed, in bytes: more is something that does not belong in it. */
const largest = 6 * 1024 * 1024;
let folder = "";
let archive = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "seaworthy-pack-"));
  const packed = await exec(["npm", "pack", "--json", "--silent", "--pack-destination", folder], {
    cwd: packageRoot,
  });
  const [{ filename } = { filename: "" }] = JSON.parse(packed.stdout) as { filename: string }[];
  archive = join(folder, filename);
  // what the checkout was installed with, so that the test is about the package and not about today's registry
  const own = JSON.parse(await readFile(join(packageRoot, "package.json"), "utf8")) as { overrides: object };
  await writeFile(
    join(folder, "package.json"),
    JSON.stringify({ name: "somewhere-else", private: true, overrides: own.overrides }),
  );
  await exec(["npm", "install", "--prefer-offline", "--no-audit", "--no-fund", "--silent", archive], {
    cwd: folder,
  });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** The installed command, as `npx` would start it. */
function installed(...args: string[]) {
  return exec([process.execPath, join(folder, "node_modules/seaworthy/bin/seaworthy.js"), ...args], {
    cwd: folder,
    allowFailure: true,
    env: { CI: "1", XDG_STATE_HOME: join(folder, "state"), XDG_CACHE_HOME: join(folder, "cache") },
  });
}

test("The package has no sources but the suites', and is not too large", async () => {
  const { stdout } = await exec(["tar", "--list", "--gzip", "--file", archive]);
  const names = stdout.split("\n");
  expect(names.filter((name) => name.endsWith(".ts") && !name.includes("/suites/"))).toEqual([]);
  expect(names.filter((name) => /\.test\.|node_modules|^package\/(src|test|scripts)\//.test(name))).toEqual(
    [],
  );
  expect((await stat(archive)).size).toBeLessThan(largest);
});

test("--help and --version work", async () => {
  expect((await installed("--help")).stdout).toContain("seaworthy certify");
  const { version } = JSON.parse(await readFile(join(packageRoot, "package.json"), "utf8")) as {
    version: string;
  };
  expect((await installed("--version")).stdout).toBe(version);
});

test("list knows every case of the checkout", async () => {
  const { stdout, stderr } = await installed("list", "--json");
  expect(stderr).toBe("");
  const ids = (JSON.parse(stdout) as { id: string }[]).map(({ id }) => id);
  expect(ids).toEqual((await loadCatalogue()).cases.map(({ id }) => id));
});

test("profile check plans the reference driver's certification, with its mutants", async () => {
  const { stdout, stderr } = await installed("profile", "check", "reference", "--json");
  expect(stderr).toBe("");
  const check = JSON.parse(stdout) as { mutants: number; cases: { runs: boolean }[] };
  expect(check.mutants).toBeGreaterThan(0);
  expect(check.cases.some(({ runs }) => runs)).toBe(true);
});

test("doctor says what this machine can do", async () => {
  const { stdout, exitCode } = await installed("doctor", "--json");
  expect([0, 2]).toContain(exitCode);
  expect((JSON.parse(stdout) as { subject: string }[]).length).toBeGreaterThan(3);
});

test("The programs that go into pods are bundled from the package", async () => {
  const bundler = join(folder, "node_modules/seaworthy/dist/package/src/driver/bundle-program.js");
  const program = join(folder, "node_modules/seaworthy/dist/package/src/driver/list-program.js");
  const out = join(folder, "list.mjs");
  const script = `import { bundleProgram } from ${JSON.stringify(bundler)}; await bundleProgram(${JSON.stringify(program)}, ${JSON.stringify(out)});`;
  await exec([process.execPath, "--input-type=module", "--eval", script], { cwd: folder });
  expect((await stat(out)).size).toBeGreaterThan(100_000);
});
