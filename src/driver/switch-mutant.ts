// SPDX-License-Identifier: Apache-2.0
import type { KubeClient } from "../kube/kube-client.ts";
import { pathOf, resources } from "../kube/resources.ts";
import { KitError } from "../support/errors.ts";
import { mutantAnnotation, switchableName } from "./driver-variant.ts";
import type { DriverProfile } from "./profile.ts";

/**
 * Puts a mutant into every pod of a switchable driver, undefined takes it out; back when all have answered.
 * The API server hands the request to the pod (`pods/proxy`), so no port of it is reached from outside the cluster.
 */
export async function switchMutant(
  kube: KubeClient,
  { spec }: DriverProfile,
  slug: string | undefined,
): Promise<void> {
  const port = spec.mutants?.switch?.port;
  const namespaces = [...new Set(spec.install.ready.map(({ namespace }) => namespace))];
  const lists = await Promise.all(namespaces.map((namespace) => kube.list(resources.pods, { namespace })));
  const pods = lists
    .flatMap(({ items }) => items)
    .filter(({ metadata }) => metadata.annotations?.[mutantAnnotation] === switchableName);
  if (port === undefined || pods.length === 0)
    throw new KitError("MUTANT_SWITCH", `${spec.driver.name}: no pod takes mutants while it runs`);
  await Promise.all(
    pods.map(async ({ metadata: { namespace, name } }) => {
      const place = pathOf(resources.pods, { namespace: namespace ?? "", name: `${name}:${String(port)}` });
      await kube.connection.call({
        method: "PUT",
        path: `${place}/proxy/mutant`,
        body: { slug: slug ?? null },
        purpose: `put mutant ${slug ?? "none"} into pod ${name}`,
      });
    }),
  );
}
