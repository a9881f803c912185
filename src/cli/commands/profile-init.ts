// SPDX-License-Identifier: Apache-2.0
import { Command } from "commander";
import { announcement, type Announcement } from "../../driver/announcement.ts";
import { readDriverTraces } from "../../driver/driver-traces.ts";
import { initProfile } from "../../driver/init-profile.ts";
import { writeDraft } from "../../driver/profile-draft.ts";
import { askSockets, closeSocketPods } from "../../driver/socket-pod.ts";
import { type KubeClient, openKube } from "../../kube/kube-client.ts";
import { KitError } from "../../support/errors.ts";
import { findKubeconfig } from "../find-kubeconfig.ts";
import { kitVersion } from "../kit-version.ts";
import { writeNew } from "../write-new.ts";

interface InitOptions {
  readonly driverName: string;
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly askDriver?: boolean;
  readonly probeImage?: string;
  readonly out?: string;
}

const examples = `
Examples:
  seaworthy profile init --driver-name block.example.dev --out profile.yaml
  seaworthy profile init --driver-name block.example.dev --kubeconfig ./admin.conf --context staging
Without --ask-driver it only reads: CSIDriver, CSINode, classes and workloads.`;

export function profileInitCommand(): Command {
  return new Command("init")
    .description("Write a profile from a driver that runs in a cluster.")
    .requiredOption("--driver-name <name>", "the CSI driver name, as CSIDriver says it")
    .option("--kubeconfig <file>", "kubeconfig of the cluster (default: $KUBECONFIG)")
    .option("--context <name>", "context of the kubeconfig (default: its current one)")
    .option("--ask-driver", "ask its sockets what it announces, from a pod on the controller's node")
    .option("--probe-image <image>", "image of that pod, as the nodes can get it")
    .option("--out <file>", "write to a new file instead of standard output")
    .addHelpText("after", examples)
    .action(init);
}

async function init(options: InitOptions): Promise<void> {
  const kube = openKube(findKubeconfig(options.kubeconfig), `seaworthy/${await kitVersion()}`, {
    context: options.context,
  });
  const traces = await readDriverTraces(kube, options.driverName);
  const first = initProfile(traces, undefined);
  const draft =
    options.askDriver === true
      ? initProfile(traces, await ask(kube, first.profile.spec.sockets, options))
      : first;
  const text = writeDraft(draft);
  if (options.out === undefined) process.stdout.write(text);
  else await writeNew(options.out, text);
}

async function ask(
  kube: KubeClient,
  sockets: Parameters<typeof askSockets>[1]["sockets"] | undefined,
  { driverName, probeImage }: InitOptions,
): Promise<Announcement> {
  if (probeImage === undefined)
    throw new KitError("PROBE_IMAGE_MISSING", "--ask-driver needs --probe-image", { kind: "usage" });
  if (sockets === undefined) {
    throw new KitError("SOCKETS_UNKNOWN", `no sockets of ${driverName} were recognised in the cluster`, {
      kind: "usage",
      hint: "leave --ask-driver out and complete spec.sockets by hand",
    });
  }
  try {
    return announcement.parse(
      await askSockets(kube, { sockets, driver: driverName, probeImage }, "announce"),
    );
  } finally {
    await closeSocketPods(kube, driverName);
  }
}
