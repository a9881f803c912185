// SPDX-License-Identifier: Apache-2.0
import { exec } from "../support/exec.ts";
import { cacheHome, stateHome } from "../support/paths.ts";
import { findEngine } from "./engine/ensure-engine.ts";
import { freeDiskBytes, type HostFacts, readHostFacts } from "./host.ts";
import { buildPrograms, missingPackages } from "./host-packages.ts";
import { imagesAreCached } from "./images/ensure-images.ts";
import { Journal } from "./journal.ts";

/** One line of `seaworthy doctor`. */
export interface Finding {
  readonly subject: string;
  /** ok: as it should be; adapts: the kit copes, see `plan`; lacks: a cluster cannot be brought up. */
  readonly state: "ok" | "adapts" | "lacks";
  readonly seen: string;
  /** What the kit will do about it, or what the user can. */
  readonly plan?: string;
}

/** Bytes a cold build and a cluster of seven nodes need. */
const neededDisk = 30 * 2 ** 30;
const neededMemory = 4 * 2 ** 30;
const gibibytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;

/** Looks at this machine and changes nothing. */
export async function diagnose(): Promise<Finding[]> {
  const facts = await readHostFacts();
  const [engine, go, packages, disk, cached, journals] = await Promise.all([
    findEngine(),
    exec(["go", "version"], { allowFailure: true }),
    missingPackages(buildPrograms),
    freeDiskBytes(cacheHome()),
    imagesAreCached(),
    Journal.all(),
  ]);
  return [
    ...kernelFindings(facts),
    engineFinding(engine, facts, packages),
    imagesFinding(cached, go.exitCode === 0 ? go.stdout.trim() : undefined),
    finding("programs", packages.length === 0, "all there", `missing packages: ${packages.join(", ")}`, "up installs them with apt when --yes is given or CI is set"),
    { subject: "memory", state: facts.memory.totalBytes >= neededMemory ? "ok" : "lacks", seen: `${gibibytes(facts.memory.freeBytes)} free of ${gibibytes(facts.memory.totalBytes)}, ${String(facts.cpus)} CPUs` },
    finding("disk", disk >= neededDisk, `${gibibytes(disk)} free for ${cacheHome()}`, `${gibibytes(disk)} free for ${cacheHome()}`, `a cold build and seven nodes take up to ${gibibytes(neededDisk)}`),
    finding("earlier runs", journals.length === 0, `nothing left; state is kept in ${stateHome()}`, `on this host: ${journals.map((journal) => journal.name).join(", ")}`, "seaworthy down removes a cluster, seaworthy gc removes everything"),
  ];
}

function kernelFindings(facts: HostFacts): Finding[] {
  const missing = Object.entries(facts.fileSystems).flatMap(([name, there]) => (there ? [] : [name]));
  return [
    { subject: "root", state: facts.root ? "ok" : "lacks", seen: facts.root ? "yes" : "no", ...(facts.root ? {} : { plan: "loop devices, and an engine of the kit's own, need root: run as root" }) },
    finding("capabilities", facts.boundingSetFull, "the bounding set is full", "the bounding set is not full", "the kit's own engine runs containers through a wrapper that asks only for what the host has"),
    finding("cgroups", facts.cgroupVersion === 2, "version 2", "version 1", "kubelet is told to accept it"),
    finding("device-mapper", facts.deviceMapper, "in the kernel: volumes are activated by it, snapshots are copy-on-write", "not in the kernel", "volumes are mapped by loop devices, snapshots are copies; the report says so"),
    { subject: "loop devices", state: facts.loopControl ? "ok" : "lacks", seen: facts.loopControl ? "/dev/loop-control is there" : "no /dev/loop-control", ...(facts.loopControl ? {} : { plan: "load the kernel module loop" }) },
    { subject: "file systems", state: facts.fileSystems.ext4 && facts.fileSystems.overlay ? "ok" : "lacks", seen: missing.length === 0 ? "ext4, xfs, overlay" : `missing: ${missing.join(", ")}` },
  ];
}

function engineFinding(engine: { own: boolean; version: string } | undefined, facts: HostFacts, packages: readonly string[]): Finding {
  if (engine !== undefined) return { subject: "Docker", state: "ok", seen: `${engine.own ? "the kit's own engine" : "an engine"} answers, version ${engine.version}` };
  if (!facts.root) return { subject: "Docker", state: "lacks", seen: "no engine answers", plan: "start Docker, or run as root so that the kit can start an engine" };
  const installs = packages.includes("docker.io") ? "installs docker.io (with --yes or in CI) and starts" : "starts";
  return { subject: "Docker", state: "adapts", seen: "no engine answers", plan: `the kit ${installs} an engine of its own, with its own data root and socket, and stops it with the last cluster` };
}

function imagesFinding(cached: boolean, go: string | undefined): Finding {
  if (cached) return { subject: "images", state: "ok", seen: "in the cache: nothing is built" };
  if (go !== undefined) return { subject: "images", state: "adapts", seen: `not in the cache; ${go}`, plan: "built once, 10 to 20 minutes on two cores" };
  return { subject: "images", state: "lacks", seen: "not in the cache, and there is no Go toolchain", plan: "install Go 1.26 or newer" };
}

function finding(subject: string, good: boolean, seenGood: string, seenBad: string, plan: string): Finding {
  return good ? { subject, state: "ok", seen: seenGood } : { subject, state: "adapts", seen: seenBad, plan };
}
