// SPDX-License-Identifier: Apache-2.0
import type {
  OfferedVolume,
  StaticDisk,
  StaticDisks,
  StaticDiskSpec,
} from "../../catalogue/context/static-disks.ts";
import type { PersistentVolume } from "../../kube/objects.ts";
import { bytesOf } from "../../kube/quantity.ts";
import { resources } from "../../kube/resources.ts";
import { untilObjects, type Look } from "../../kube/watch.ts";
import { waitFor, type CaseRun } from "../case-run.ts";

export function grantStaticDisks(run: CaseRun): StaticDisks {
  // The profile is refused without them when it claims the feature.
  const { class: name, folder } = run.settings.driver.staticVolumes ?? { class: "", folder: "" };
  return {
    class: { name, binding: "delayed" },
    add: (spec) => add(run, folder, spec),
    untilOffered: (disk, before) => until(run, disk, "to be offered", (volume) => offerOf(volume, before)),
    volumeOf: async (claim) => {
      const place = { namespace: run.namespace, name: claim.name };
      return (await run.kube.get(resources.claims, place, run)).spec.volumeName;
    },
  };
}

/** Memory needs no device, and nothing of it outlives the node. */
async function add(run: CaseRun, folder: string, spec: StaticDiskSpec): Promise<StaticDisk> {
  const { node, megabytes } = spec;
  const path = `${folder}/${run.namespace}-${spec.name}`;
  const disk = { node, path };
  run.cleanup.add(`take static disk ${path} away`, async () => {
    await run.cluster.exec(node.name, ["umount", path], { allowFailure: true });
    await run.cluster.exec(node.name, ["rmdir", path], { allowFailure: true });
    await until(run, disk, "to be gone", (volume) =>
      volume === undefined
        ? { done: true, value: undefined }
        : { done: false, seen: `volume ${volume.metadata.name} ${volume.status?.phase ?? ""}` },
    );
  });
  await run.cluster.exec(node.name, ["mkdir", path]);
  const options = `size=${String(megabytes)}m`;
  await run.cluster.exec(node.name, ["mount", "-t", "tmpfs", "-o", options, "seaworthy", path]);
  return disk;
}

function offerOf(
  volume: PersistentVolume | undefined,
  before: OfferedVolume | undefined,
): Look<OfferedVolume> {
  if (volume === undefined) return { done: false, seen: "no volume of this path" };
  const { metadata, spec, status } = volume;
  const isNew = metadata.uid !== before?.uid;
  if (!isNew || status?.phase !== "Available")
    return { done: false, seen: `${isNew ? "" : "the same "}volume ${metadata.name} ${status?.phase ?? ""}` };
  const bytes = bytesOf(spec.capacity?.storage ?? "");
  return {
    done: true,
    value: { name: metadata.name, uid: metadata.uid, bytes, hostnames: hostnamesOf(spec) },
  };
}

function hostnamesOf({ nodeAffinity }: PersistentVolume["spec"]): readonly string[] | undefined {
  const [term, ...terms] = nodeAffinity?.required?.nodeSelectorTerms ?? [];
  const [expression, ...expressions] = term?.matchExpressions ?? [];
  const isPlain = terms.length === 0 && expressions.length === 0 && expression?.operator === "In";
  return isPlain && expression.key === "kubernetes.io/hostname" ? expression.values : undefined;
}

async function until<R>(
  run: CaseRun,
  { node, path }: StaticDisk,
  what: string,
  look: (volume: PersistentVolume | undefined) => Look<R>,
): Promise<R> {
  const wait = waitFor(run, "staticOffered", `${path} of ${node.name} ${what}`);
  return untilObjects<PersistentVolume, R>(
    run.kube,
    { resource: resources.volumes, selection: {} },
    wait,
    (volumes) => look([...volumes.values()].find(({ spec }) => spec.local?.path === path)),
  );
}
