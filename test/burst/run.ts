// SPDX-License-Identifier: Apache-2.0
// A burst of pods on pools without room for all: what fits runs, nothing is promised twice, the rest runs as space is freed.
// node test/burst/run.ts [--driver reference] [--cluster three-zones] [--copy name] [--pods 60] [--room 40] [--keep]
import { parseArgs } from "node:util";
import { readShape } from "../../src/cluster/shape.ts";
import { connectStep } from "../../src/cli/connect-step.ts";
import { type DriverPreparation, driverStep } from "../../src/cli/driver-deployment.ts";
import { needCluster, needProbe } from "../../src/cli/driver-state.ts";
import { openDriver } from "../../src/cli/open-driver.ts";
import { clusterSteps, removeCreated } from "../../src/cli/preparation.ts";
import { runSteps } from "../../src/cli/progress.ts";
import { reapStep } from "../../src/cli/reap-step.ts";
import { storageClassName } from "../../src/driver/profile-objects.ts";
import { reapRuns } from "../../src/kube/reap.ts";
import { formatDuration } from "../../src/support/duration.ts";
import { Crowd } from "./crowd.ts";
import { narrow, PoolSampler, sharePools, widen } from "./pool-sampler.ts";

const bytes = 64 * 2 ** 20;
const patience = 400_000;

const { values } = parseArgs({
  options: {
    driver: { type: "string", default: "reference" },
    cluster: { type: "string", default: "three-zones" },
    copy: { type: "string" },
    pods: { type: "string", default: "60" },
    room: { type: "string", default: "40" },
    keep: { type: "boolean", default: false },
  },
});
const [total, room] = [Number(values.pods), Number(values.room)];
const state: DriverPreparation = {
  shape: await readShape(values.cluster),
  consent: true,
  ...(await openDriver(values.driver, values.copy)),
  signal: new AbortController().signal,
};
try {
  await runSteps([...clusterSteps, connectStep, driverStep, reapStep], state);
  process.exitCode = (await burst()) ? 0 : 1;
} finally {
  if (!values.keep) await removeCreated(state, () => undefined);
}

async function burst(): Promise<boolean> {
  const { cluster, kube } = needCluster(state);
  const { pools: use, driver } = state.profile.spec;
  if (use === undefined) throw new Error("the profile does not say which pools the driver cuts from");
  const pools = await sharePools(cluster, use, room);
  const sampler = new PoolSampler(cluster, pools, { driver: driver.name, bytes });
  const crowd = new Crowd({
    kube,
    namespace: `sw-burst-${Date.now().toString(36)}`,
    driver: driver.name,
    storageClass: storageClassName(state.profile, "delayed") ?? "",
    image: needProbe(state),
    bytes,
  });
  await narrow(cluster, pools, { owner: driver.name, bytes });
  const sampling = sampler.run();
  try {
    const first = await timed(`${String(room)} of ${String(total)} pods run, the others wait`, async () => {
      await crowd.arrive(total);
      return crowd.untilSettled(room, patience);
    });
    await timed(`with ${String(total - room)} of them gone the others run in their place`, async () => {
      await crowd.leave(first.slice(0, total - room));
      await crowd.untilSettled(Math.min(room, total), patience);
    });
  } finally {
    sampler.end();
    await sampling;
    await reapRuns(kube, driver.name, { timeout: patience });
    await widen(cluster, pools, driver.name);
  }
  const most = pools.map(
    ({ pool, share }) => `${String(sampler.most.get(pool.volumeGroup))} of ${String(share)}`,
  );
  say(
    `${String(sampler.rounds)} looks at ${String(pools.length)} volume groups; most volumes in each: ${most.join(", ")}`,
  );
  for (const breach of sampler.breaches) say(`over-committed: ${breach}`);
  return sampler.breaches.length === 0;
}

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const started = Date.now();
  const result = await work();
  say(`${what}: ${formatDuration(Date.now() - started)}`);
  return result;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
