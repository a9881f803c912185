// SPDX-License-Identifier: Apache-2.0
// Kills every part of the reference driver again and again while volumes are made, snapshotted, restored and deleted: runs the
// case about it on a copy of the driver for so many minutes, kills meanwhile what the case does not, and looks afterwards for
// what is left: logical volumes, mounts and records of the copy, and loop devices of this machine.
import { parseArgs } from "node:util";
import { clusterName } from "../../src/cluster/bring-up.ts";
import { openCluster } from "../../src/cluster/open.ts";
import { readShape } from "../../src/cluster/shape.ts";
import { openKube } from "../../src/kube/kube-client.ts";
import { resources } from "../../src/kube/resources.ts";
import { seaworthy } from "../seaworthy.ts";
import { killOthers } from "./kill-others.ts";
import { describeLeft, listTraces } from "./traces.ts";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    cluster: { type: "string", default: "three-zones" },
    copy: { type: "string", default: "kill-loop" },
  },
});
const { cluster, copy } = values;
const caseId = "faults/plug-ins-killed-under-load";
const certify = ["certify", "--yes", "--driver", "reference", "--cluster", cluster, "--keep"];
const namespace = `seaworthy-driver-${copy}`;

const up = await openCluster(clusterName(await readShape(cluster)));
const kube = openKube(up.kubeconfig, "seaworthy-kill-loop");
await renewPods();
/** The first run deploys the copy and is not counted. */
let failed = (await run()) === 0 ? 0 : 1;
const before = await listTraces(up, kube, `${copy}.local.seaworthy.dev`);
const over = new AbortController();
const killing = killOthers(up, kube, namespace, over.signal);
const end = Date.now() + Number(values.minutes) * 60_000;
let runs = 0;
while (Date.now() < end) {
  await renewPods();
  runs += 1;
  if ((await run()) !== 0) failed += 1;
}
over.abort();
for (const [what, times] of await killing) process.stdout.write(`${what} killed ${String(times)} times\n`);
const left = describeLeft(before, await listTraces(up, kube, `${copy}.local.seaworthy.dev`));
const passed = failed === 0 && left.length === 0;
for (const words of left) process.stdout.write(`left behind: ${words}\n`);
process.stdout.write(
  `${passed ? "passed" : "FAILED"}: ${String(runs)} runs after the first, ${String(failed)} failed, ${String(left.length)} traces left\n`,
);
process.exitCode = passed ? 0 : 1;

/** New pods have no history: the kubelet would let containers that were killed before wait for minutes. */
async function renewPods(): Promise<void> {
  const { items } = await kube.list(resources.pods, { namespace });
  for (const { metadata } of items) await kube.delete(resources.pods, { namespace, name: metadata.name });
}

async function run(): Promise<number> {
  const { exitCode, stdout, stderr } = await seaworthy([...certify, "--copy", copy, "--case", caseId]);
  const outcome = /^\d+ passed, .*$/m.exec(stdout)?.[0] ?? stderr.trimEnd().split("\n").at(-1) ?? "";
  process.stdout.write(`${new Date().toISOString()} ${outcome}\n`);
  return exitCode ?? -1;
}
