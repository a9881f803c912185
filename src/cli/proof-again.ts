// SPDX-License-Identifier: Apache-2.0
import { rerunCommand } from "./describe-run.ts";
import type { DriverPreparation } from "./driver-deployment.ts";

/** Command that tries one mutant again: no case is run by certify, as the driver there is not broken. */
export function proveAgain({ shape }: Pick<DriverPreparation, "shape">, mutant: string): string {
  return `seaworthy prove --mutant ${mutant} --cluster ${shape.metadata.name} --keep`;
}

/** Command that runs one case again with a driver that is not broken; `{case}` stands for its id. */
export function certifyAgain({ profile, shape }: Pick<DriverPreparation, "profile" | "shape">): string {
  return rerunCommand(`--driver ${profile.metadata.name} --cluster ${shape.metadata.name}`);
}
