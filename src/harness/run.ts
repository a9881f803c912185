// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from "node:crypto";
import { fork } from "node:child_process";
import { mkdir, readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { decide } from "../catalogue/decide.ts";
import { loadCatalogue, type CatalogueCase } from "../catalogue/load.ts";
import { selectCases } from "../catalogue/select.ts";
import { openCluster } from "../cluster/open.ts";
import type { DriverProfile } from "../driver/profile.ts";
import { closeSocketPods } from "../driver/socket-pod.ts";
import { openKube } from "../kube/kube-client.ts";
import { saysLost } from "../kube/lookout.ts";
import { caseResult, type CaseResult } from "../report/case-result.ts";
import { toError } from "../support/errors.ts";
import { moduleFile } from "../support/module-file.ts";
import type { Room } from "./admission.ts";
import { canShutDown } from "./can-shut-down.ts";
import { missingResult } from "./case-results.ts";
import { driverFacts } from "./driver-facts.ts";
import { driverLists } from "./driver-lists.ts";
import { offerOf } from "./offer.ts";
import { poolBytes } from "./pool-bytes.ts";
import { resultsFile, type RunSettings } from "./settings.ts";
import type { SuiteMessage } from "./suite-process.ts";
import { completeTimeouts } from "./timeouts.ts";

/** Cases at once for each processor: most of a case's time is waiting. */
const casesPerProcessor = 4;

/** Part of all pools that cases may fill together: volumes are not spread evenly. */
const fillable = 0.5;

/** What happens while cases run. */
export type SuiteEvent =
  | { readonly kind: "planned"; readonly ids: readonly string[] }
  | { readonly kind: "started"; readonly id: string }
  | { readonly kind: "finished"; readonly id: string; readonly result: CaseResult | undefined };

export interface RunSuitesOptions {
  /** A cluster that is up, with the driver deployed. */
  readonly cluster: string;
  /** Image of the probe, on every node. */
  readonly probeImage: string;
  readonly profile: DriverProfile;
  /** Case ids or areas; empty for all. */
  readonly caseFilter: readonly string[];
  /** Results and evidence are written below it. */
  readonly runDirectory: string;
  readonly kitVersion: string;
  /** Of the driver's pools, where they cannot be asked. */
  readonly poolBytes?: number | undefined;
  /** Part of the names of what the run makes; drawn when left out. */
  readonly runId?: string | undefined;
  /** Command that runs one case again; `{case}` in it stands for the case's id. */
  readonly rerun: string;
  readonly onProgress?: (event: SuiteEvent) => void;
  readonly signal?: AbortSignal;
}

/**
 * Runs the selected cases against a cluster and returns one result for each, in the catalogue's order:
 * a case that left none, because the process running it broke, has an error.
 * @throws KitError of kind `usage` for a selection that names nothing; `interrupted` after the signal
 */
export async function runSuites(options: RunSuitesOptions): Promise<CaseResult[]> {
  const cases = selectCases((await loadCatalogue()).cases, {
    cases: options.caseFilter,
    features: [],
  });
  const settings = await planRun(options, cases);
  await mkdir(options.runDirectory, { recursive: true });
  options.onProgress?.({ kind: "planned", ids: settings.caseIds });
  const problems = await runGroups(settings, cases, options).finally(() => endSocketPods(settings));
  const results = await readResults(settings.runDirectory);
  return cases.map((one) => results.get(one.id) ?? missingResult(one, settings, problems));
}

async function runGroups(
  settings: RunSettings,
  cases: readonly CatalogueCase[],
  options: RunSuitesOptions,
): Promise<string[]> {
  const problems: string[] = [];
  for (const group of groupsOf(cases, settings.room)) {
    problems.push(...(await runVitest({ ...settings, ...group }, options)));
    options.signal?.throwIfAborted();
    const lost = findLoss((await readResults(settings.runDirectory)).values());
    if (lost !== undefined) return [...problems, lost];
  }
  return problems;
}

/** First the cases that run beside each other, then those that run alone. */
function groupsOf(cases: readonly CatalogueCase[], room: Room): Pick<RunSettings, "caseIds" | "room">[] {
  const isAlone = ({ meta }: CatalogueCase): boolean => meta.needs.alone === true;
  const groups = [
    { cases: cases.filter((one) => !isAlone(one)), room },
    { cases: cases.filter(isAlone), room: { ...room, cases: 1 } },
  ];
  return groups
    .filter((group) => group.cases.length > 0)
    .map((group) => ({ caseIds: group.cases.map(({ id }) => id), room: group.room }));
}

function roomOf(poolBytes: number | undefined): Room {
  const megabytes = poolBytes === undefined ? Number.MAX_SAFE_INTEGER : (poolBytes / 2 ** 20) * fillable;
  return { cases: casesPerProcessor * availableParallelism(), megabytes };
}

/** What was seen when the cluster was lost in mid-run: then nothing more can be run. */
export function findLoss(results: Iterable<CaseResult>): string | undefined {
  for (const { failure } of results)
    if (failure !== undefined && saysLost(failure.message)) return failure.message;
  return undefined;
}

/** Pods that asked the driver's sockets; the kit's own, so what keeps them from being removed is no result. */
async function endSocketPods({ cluster, driver, kitVersion }: RunSettings): Promise<void> {
  if (driver.sockets === undefined || driver.backEndCommand !== undefined) return;
  const { kubeconfig, canReachNodes } = await openCluster(cluster);
  if (!canReachNodes) return;
  const kube = openKube(kubeconfig, `seaworthy/${kitVersion}`, {
    signal: AbortSignal.timeout(socketPodPatience),
  });
  await closeSocketPods(kube, driver.name).catch(() => undefined);
}

/** Milliseconds. */
const socketPodPatience = 60_000;

/** Finished cases of a run, also of one that was cut off. */
async function readResults(runDirectory: string): Promise<ReadonlyMap<string, CaseResult>> {
  const text = await readFile(resultsFile(runDirectory), "utf8").catch(() => "");
  const complete = text
    .slice(0, text.lastIndexOf("\n") + 1)
    .split("\n")
    .filter((line) => line !== "");
  return new Map(
    complete.map((line) => caseResult.parse(JSON.parse(line))).map((result) => [result.id, result]),
  );
}

async function planRun(options: RunSuitesOptions, cases: readonly CatalogueCase[]): Promise<RunSettings> {
  const { spec } = options.profile;
  const cluster = await openCluster(options.cluster);
  const pools = await poolBytes(cluster, spec.pools);
  const offer = offerOf(options.profile, cluster.nodes, {
    canReachNodes: cluster.canReachNodes,
    driverLists: await driverLists(cluster, options),
    pools: pools !== undefined,
    nodePower: cluster.power !== undefined,
    fileSystemShutdown: await canShutDown(cluster),
  });
  const decisions = cases.map((one) => ({ id: one.id, decision: decide(one.meta, offer) }));
  return {
    // Part of names that may have 63 characters.
    runId: options.runId ?? randomBytes(3).toString("hex"),
    cluster: options.cluster,
    probeImage: options.probeImage,
    runDirectory: options.runDirectory,
    caseIds: cases.map((one) => one.id),
    room: roomOf(pools ?? options.poolBytes),
    notGoing: Object.fromEntries(
      decisions.flatMap(({ id, decision }) => (decision.go ? [] : [[id, decision.reason]])),
    ),
    driver: driverFacts(options.profile),
    timeouts: completeTimeouts(spec.timeouts),
    kitVersion: options.kitVersion,
    rerun: options.rerun,
  };
}

/** Runs everything once in a process of its own; returns what went wrong outside the cases. */
async function runVitest(settings: RunSettings, { onProgress, signal }: RunSuitesOptions): Promise<string[]> {
  const child = fork(fileURLToPath(new URL(moduleFile("./suite-process.ts"), import.meta.url)), {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const { promise, resolve, reject } = Promise.withResolvers<string[]>();
  child.on("message", (message: SuiteMessage) => {
    if (message.kind === "ended") resolve([...message.problems]);
    else if (message.kind === "started") onProgress?.(message);
    else
      void readResults(settings.runDirectory).then((results) =>
        onProgress?.({ ...message, result: results.get(message.id) }),
      );
  });
  child.once("error", reject);
  child.once("exit", (code, name) =>
    resolve([`the process that runs the cases ended early: ${name ?? `exit code ${String(code)}`}`]),
  );
  const stop = (): void => reject(toError(signal?.reason));
  signal?.addEventListener("abort", stop, { once: true });
  try {
    child.send(settings);
    return await promise;
  } finally {
    signal?.removeEventListener("abort", stop);
    // the bundler's native threads can hold up an orderly exit for ever: all results are on disk by now
    child.kill("SIGKILL");
  }
}
