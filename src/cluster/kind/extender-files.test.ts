// SPDX-License-Identifier: Apache-2.0
import { X509Certificate, createPrivateKey } from "node:crypto";
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { extenderMounts, writeExtenderFiles } from "./extender-files.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "seaworthy-test-"));
  await writeExtenderFiles(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const certificate = async (): Promise<X509Certificate> =>
  new X509Certificate(await readFile(join(folder, "scheduler/extender.crt")));

test("The certificate is good for the loopback address and for nothing else", async () => {
  expect((await certificate()).checkIP("127.0.0.1")).toBe("127.0.0.1");
  expect((await certificate()).checkIP("127.0.0.2")).toBeUndefined();
  expect((await certificate()).checkHost("localhost")).toBeUndefined();
});

test("The key belongs to the certificate, and only its owner can read it", async () => {
  const key = join(folder, "extender/tls.key");
  expect((await certificate()).checkPrivateKey(createPrivateKey(await readFile(key)))).toBe(true);
  expect((await stat(key)).mode & 0o077).toBe(0);
});

test("kube-scheduler checks the extender's certificate, in the folder that it sees", async () => {
  const { extenders } = parse(await readFile(join(folder, "scheduler/scheduler.yaml"), "utf8")) as {
    extenders: { tlsConfig: { insecure: boolean; caFile: string } }[];
  };
  const seen = extenderMounts(folder).find((mount) => mount.hostPath.endsWith("scheduler"))?.containerPath;
  expect(extenders[0]?.tlsConfig).toEqual({ insecure: false, caFile: `${seen ?? ""}/extender.crt` });
});
