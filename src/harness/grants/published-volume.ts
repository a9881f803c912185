// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import type { Claim } from "../../catalogue/context/claim.ts";
import type { CsiMessage, PublishedVolume } from "../../catalogue/context/csi-calls.ts";
import type { RunningPod } from "../../catalogue/context/running-pod.ts";
import { resources } from "../../kube/resources.ts";
import type { CaseRun } from "../case-run.ts";
import { CheckFailed } from "../check-failed.ts";
import { volumeOf } from "./claims.ts";

/** The kubelet's root folder, as on every node that kubeadm made. */
const kubeletRoot = "/var/lib/kubelet";

/** A capability to mount and write. */
export function writerOf(
  mount: { readonly fsType?: string; readonly mountFlags?: readonly string[] },
  mode = "SINGLE_NODE_WRITER",
): CsiMessage {
  return { mount, accessMode: { mode } };
}

/** As the kubelet names it: a driver that knows single pods is told of ReadWriteOnce that there may be several. */
function modeOf(run: CaseRun, accessModes: readonly string[] = []): string {
  if (accessModes.includes("ReadWriteOncePod")) return "SINGLE_NODE_SINGLE_WRITER";
  const knowsPods = run.settings.driver.features.includes("single-pod-access");
  return knowsPods ? "SINGLE_NODE_MULTI_WRITER" : "SINGLE_NODE_WRITER";
}

/** Works out the kubelet's own paths (pkg/volume/csi: csi_attacher.go makeDeviceMountPath, csi_mounter.go GetPath). */
export async function publishedVolume(run: CaseRun, pod: RunningPod, claim: Claim): Promise<PublishedVolume> {
  const place = { namespace: run.namespace, name: claim.name };
  const { metadata, spec } = await volumeOf(run, await run.kube.get(resources.claims, place, run));
  const { csi } = spec;
  if (csi === undefined)
    throw new CheckFailed(`Volume ${metadata.name} is a CSI volume`, "a volume handle", "none");
  const hash = createHash("sha256").update(csi.volumeHandle).digest("hex");
  const stagingTargetPath = `${kubeletRoot}/plugins/kubernetes.io/csi/${csi.driver}/${hash}/globalmount`;
  const targetPath = `${kubeletRoot}/pods/${pod.uid}/volumes/kubernetes.io~csi/${metadata.name}/mount`;
  const mountFlags = spec.mountOptions ?? [];
  const stage = {
    volumeId: csi.volumeHandle,
    stagingTargetPath,
    volumeCapability: writerOf({ fsType: csi.fsType ?? "", mountFlags }, modeOf(run, spec.accessModes)),
    volumeContext: csi.volumeAttributes ?? {},
  };
  return {
    stage,
    publish: { ...stage, targetPath, readonly: false },
    unpublish: { volumeId: csi.volumeHandle, targetPath },
    targetPath,
  };
}
