// SPDX-License-Identifier: Apache-2.0
import { exec } from "../support/exec.ts";
import { cacheHome, stateHome } from "../support/paths.ts";
import { kernelFindings } from "./diagnose-kernel.ts";
import type { Engine } from "./engine/docker.ts";
import { findEngine } from "./engine/ensure-engine.ts";
import { adapts, type Finding, lacks, ok } from "./finding.ts";
import { freeDiskBytes } from "./free-disk.ts";
import { type HostFacts, readHostFacts } from "./host.ts";
import { buildPrograms, missingPackages } from "./host-packages.ts";
import { imagesAreCached } from "./images/ensure-images.ts";
import { Journal } from "./journal.ts";

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
    packages.length === 0
      ? ok("programs", "all there")
      : adapts(
          "programs",
          `missing packages: ${packages.join(", ")}`,
          "installed with apt when --yes is given or CI is set",
        ),
    memoryFinding(facts),
    diskFinding(disk),
    journals.length === 0
      ? ok("earlier runs", `nothing is up; state would be kept in ${stateHome()}`)
      : adapts(
          "earlier runs",
          `on this host: ${journals.map((journal) => journal.name).join(", ")}`,
          "`seaworthy down` removes a cluster, `seaworthy gc` everything",
        ),
  ];
}

function memoryFinding({ memory, cpus }: HostFacts): Finding {
  const seen = `${gibibytes(memory.freeBytes)} free of ${gibibytes(memory.totalBytes)}, ${String(cpus)} CPUs`;
  if (memory.totalBytes >= neededMemory) return ok("memory", seen);
  return lacks("memory", seen, `a cluster of seven nodes takes about ${gibibytes(neededMemory)}`);
}

function diskFinding(free: number): Finding {
  const seen = `${gibibytes(free)} free for ${cacheHome()}`;
  if (free >= neededDisk) return ok("disk", seen);
  return adapts(
    "disk",
    seen,
    `a cold build and seven nodes can take ${gibibytes(neededDisk)}; a full disk ends the run cleanly`,
  );
}

function engineFinding(engine: Engine | undefined, facts: HostFacts, packages: readonly string[]): Finding {
  if (engine !== undefined) {
    return ok(
      "Docker",
      `${engine.own ? "the kit's own engine" : "an engine"} answers, version ${engine.version}`,
    );
  }
  if (!facts.root) {
    return lacks(
      "Docker",
      "no engine answers",
      "start Docker, or run as root so that the kit can start an engine",
    );
  }
  const installs = packages.includes("docker.io") ? "installs docker.io and starts" : "starts";
  return adapts(
    "Docker",
    "no engine answers",
    `the kit ${installs} an engine of its own, with its own data root and socket, and stops it with the last cluster`,
  );
}

function imagesFinding(cached: boolean, go: string | undefined): Finding {
  if (cached) return ok("images", "in the cache: nothing is built");
  if (go === undefined)
    return lacks("images", "not in the cache, and there is no Go toolchain", "install Go 1.26 or newer");
  return adapts(
    "images",
    `not in the cache; ${go}`,
    "pulled by digest where a registry answers, else built once: about 10 minutes on two cores",
  );
}
