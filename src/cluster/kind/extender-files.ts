// SPDX-License-Identifier: Apache-2.0
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { exec } from "../../support/exec.ts";
import { extenderFolder, schedulerConfiguration, schedulerFolder } from "./scheduler-configuration.ts";

/** A folder of the host that a node sees; a field of kind's node. */
export interface NodeMount {
  readonly hostPath: string;
  readonly containerPath: string;
  readonly readOnly: boolean;
}

/** The cluster lives for days; a certificate that outlives it needs no renewal. */
const validDays = 3650;

/** The folders that the control plane gets from the cluster's folder. */
export function extenderMounts(clusterFolder: string): NodeMount[] {
  return [
    { hostPath: join(clusterFolder, "scheduler"), containerPath: schedulerFolder, readOnly: true },
    { hostPath: join(clusterFolder, "extender"), containerPath: extenderFolder, readOnly: true },
  ];
}

/**
 * Writes kube-scheduler's configuration, and a certificate for the extender that is good for the loopback address alone.
 * kube-scheduler trusts this one certificate; only the extender's folder has the key.
 */
export async function writeExtenderFiles(clusterFolder: string): Promise<void> {
  const scheduler = join(clusterFolder, "scheduler");
  const extender = join(clusterFolder, "extender");
  for (const folder of [scheduler, extender]) await mkdir(folder, { recursive: true, mode: 0o700 });
  await makeCertificate(join(extender, "tls.crt"), join(extender, "tls.key"));
  await copyFile(join(extender, "tls.crt"), join(scheduler, "extender.crt"));
  await writeFile(join(scheduler, "scheduler.yaml"), schedulerConfiguration(), { mode: 0o600 });
}

async function makeCertificate(certificate: string, key: string): Promise<void> {
  await exec([
    "openssl",
    "req",
    ...["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"],
    ...["-keyout", key, "-out", certificate, "-days", String(validDays)],
    ...["-subj", "/CN=seaworthy-extender", "-addext", "subjectAltName=IP:127.0.0.1"],
    ...["-addext", "extendedKeyUsage=serverAuth"],
  ]);
}
