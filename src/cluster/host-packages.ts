// SPDX-License-Identifier: Apache-2.0
import { KitError } from "../support/errors.ts";
import { exec } from "../support/exec.ts";
import { hasProgram } from "./host.ts";

/** Programs the kit calls on the host, and the Debian package each is in. */
const packageOf = {
  dockerd: "docker.io",
  docker: "docker.io",
  runc: "runc",
  iptables: "iptables",
  "iptables-save": "iptables",
  debootstrap: "debootstrap",
  losetup: "mount",
  openssl: "openssl",
  lvcreate: "lvm2",
  thin_check: "thin-provisioning-tools",
  "mkfs.ext4": "e2fsprogs",
  "mkfs.xfs": "xfsprogs",
} as const;

export type HostProgram = keyof typeof packageOf;

/** Programs needed to start an engine and to build images on a machine without either. */
export const buildPrograms: readonly HostProgram[] = [
  "docker",
  "dockerd",
  "runc",
  "iptables",
  "iptables-save",
  "debootstrap",
  "losetup",
  "openssl",
];

/** Programs needed to test the reference driver's pools on this host, without a cluster. */
export const poolPrograms: readonly HostProgram[] = ["lvcreate", "thin_check", "mkfs.ext4", "mkfs.xfs"];

/** The packages that hold the programs this host lacks, each once. */
export async function missingPackages(programs: readonly HostProgram[]): Promise<string[]> {
  const lacking = await Promise.all(
    programs.map(async (program) => ((await hasProgram(program)) ? [] : [packageOf[program]])),
  );
  return [...new Set(lacking.flat())].sort();
}

/**
 * Installs packages with apt.
 * @throws KitError of kind `host` when consent or apt is missing
 */
export async function installPackages(
  packages: readonly string[],
  consent: boolean,
  say: (doing: string) => void,
): Promise<void> {
  if (packages.length === 0) return;
  const command = `apt-get install ${packages.join(" ")}`;
  if (!(await hasProgram("apt-get"))) {
    throw new KitError("PROGRAMS_MISSING", `this host lacks what is in the packages ${packages.join(", ")}`, {
      kind: "host",
      hint: "install them with this system's package manager",
    });
  }
  if (!consent) {
    throw new KitError("CONSENT_NEEDED", `this host lacks ${packages.join(", ")}`, {
      kind: "host",
      hint: `run \`${command}\`, or let the kit do it with --yes`,
    });
  }
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await exec(["apt-get", "update"], { env, onLine: say });
  await exec(["apt-get", "install", "--yes", "--no-install-recommends", ...packages], { env, onLine: say });
}
