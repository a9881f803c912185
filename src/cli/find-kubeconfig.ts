// SPDX-License-Identifier: Apache-2.0
import { homedir } from "node:os";
import { delimiter, join, resolve } from "node:path";

/** The file a flag names, else the first of `KUBECONFIG`, else the usual one. */
export function findKubeconfig(given: string | undefined): string {
  const first = (process.env["KUBECONFIG"] ?? "").split(delimiter).find((file) => file !== "");
  return resolve(given ?? first ?? join(homedir(), ".kube", "config"));
}
