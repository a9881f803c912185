// SPDX-License-Identifier: Apache-2.0
import type { CsiAnswer } from "../../catalogue/context/csi-calls.ts";
import { provisionedBy } from "../../kube/labels.ts";
import { resources } from "../../kube/resources.ts";
import { hashName } from "../../integrity/pattern.ts";
import type { CaseRun } from "../case-run.ts";
import { freeVolume } from "./free-volume.ts";

/** Gives volumes that a case made by a call of its own an object each, so that everyone can see whose they are and clean-up removes them. */
export async function registerMade(run: CaseRun, answers: readonly CsiAnswer[]): Promise<void> {
  const ids = answers.flatMap(
    ({ response }) => (response["volume"] as { volumeId?: string } | undefined)?.volumeId ?? [],
  );
  await Promise.all([...new Set(ids)].map((id) => register(run, id)));
}

async function register(run: CaseRun, volumeHandle: string): Promise<void> {
  const driver = run.settings.driver.name;
  const name = `${run.namespace}-made-${hashName(volumeHandle).slice(0, 8)}`;
  if ((await run.kube.find(resources.volumes, { name }, run)) !== undefined) return;
  run.cleanup.add(`free volume ${name}`, () => freeVolume(run, name));
  const annotations = { [provisionedBy]: driver };
  const volume = {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name, labels: run.labels, annotations },
    spec: {
      capacity: { storage: "1Mi" },
      accessModes: ["ReadWriteOnce"],
      // A class that nobody asks for: no claim is ever bound to it.
      storageClassName: name,
      persistentVolumeReclaimPolicy: "Retain",
      csi: { driver, volumeHandle },
    },
  };
  await run.kube.create(resources.volumes, volume, run);
}
