// SPDX-License-Identifier: Apache-2.0
import type { WorkloadWithPods } from "../kube/objects.ts";

type Container = NonNullable<WorkloadWithPods["spec"]>["template"]["spec"]["containers"][number];

/** The workloads of a driver, recognised by what every CSI deployment has. */
export interface DriverWorkloads {
  /** Registers the driver with the kubelet. */
  readonly node: WorkloadWithPods | undefined;
  /** Its socket on the node. */
  readonly nodeSocket: string | undefined;
  /** Holds the external-provisioner. */
  readonly controller: WorkloadWithPods | undefined;
  /** The controller's socket inside its pod. */
  readonly controllerSocket: string;
}

/** Finds the driver's workloads among all of a cluster. */
export function findWorkloads(workloads: readonly WorkloadWithPods[], driver: string): DriverWorkloads {
  const node = best(
    workloads.filter((one) => one.kind === "DaemonSet" && nodeSocketOf(one) !== undefined),
    driver,
    undefined,
  );
  const controller = best(
    workloads.filter((one) => provisionerOf(one) !== undefined),
    driver,
    node?.metadata.namespace,
  );
  return {
    node,
    nodeSocket: node && nodeSocketOf(node),
    controller,
    controllerSocket: (controller && addressOf(provisionerOf(controller))) ?? "/csi/csi.sock",
  };
}

/** One that mentions the driver by name; else, in the same namespace, the only one there is. */
function best(
  candidates: readonly WorkloadWithPods[],
  driver: string,
  namespace: string | undefined,
): WorkloadWithPods | undefined {
  const naming = candidates.filter((one) => mentions(one, driver));
  const near = candidates.filter((one) => one.metadata.namespace === namespace);
  return (
    naming.find((one) => one.metadata.namespace === namespace) ??
    naming[0] ??
    (near.length === 1 ? near[0] : undefined)
  );
}

/** The name as a whole word: another driver's name may hold it. */
function mentions(workload: WorkloadWithPods, driver: string): boolean {
  const word = new RegExp(`(?<![\\w.-])${driver.replaceAll(".", "\\.")}(?![\\w-]|\\.\\w)`);
  return word.test(JSON.stringify(workload.spec));
}

/** By the registrar's flag, or by the folder of the kubelet that the plug-in mounts. */
function nodeSocketOf(workload: WorkloadWithPods): string | undefined {
  const { containers = [], volumes = [] } = workload.spec?.template.spec ?? {};
  const flag = containers
    .map((one) => flagOf(one, "kubelet-registration-path"))
    .find((path) => path !== undefined);
  if (flag !== undefined) return flag;
  const folder = volumes.map((one) => one.hostPath?.path).find((path) => path?.includes("/plugins/"));
  return folder === undefined ? undefined : `${folder.replace(/\/$/, "")}/csi.sock`;
}

function provisionerOf(workload: WorkloadWithPods): Container | undefined {
  return workload.spec?.template.spec.containers.find((one) =>
    /(csi|external)-provisioner/.test(`${one.name} ${one.image}`),
  );
}

function addressOf(container: Container | undefined): string | undefined {
  if (container === undefined) return undefined;
  const flag = flagOf(container, "csi-address");
  const variable = /^\$\((\w+)\)$/.exec(flag ?? "")?.[1];
  const address = variable === undefined ? flag : container.env?.find((one) => one.name === variable)?.value;
  return address?.replace(/^unix:\/\//, "");
}

/** `--name=value`, `-name=value` or `--name value`. */
function flagOf({ command = [], args = [] }: Container, name: string): string | undefined {
  const words = [...command, ...args];
  const index = words.findIndex((word) => new RegExp(`^--?${name}(=|$)`).test(word));
  const [, value] = /=(.*)$/s.exec(words[index] ?? "") ?? [];
  return index < 0 ? undefined : (value ?? words[index + 1]);
}
