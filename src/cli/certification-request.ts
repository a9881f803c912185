// SPDX-License-Identifier: Apache-2.0
import type { CatalogueCase } from "../catalogue/load.ts";
import type { Shard } from "../catalogue/shard.ts";
import type { RunInfo } from "../report/model.ts";
import type { Sealing } from "./write-report-files.ts";

/** How much of the catalogue a certification is about; all of it when empty. */
export interface CertificationScope {
  readonly selection?: NonNullable<RunInfo["selection"]>;
  /** `planned`: cases of all shards together. */
  readonly shard?: Shard & { readonly planned: number };
}

/** What one certification was asked to do. */
export interface CertificationRequest {
  readonly catalogueHash: string;
  /** What is to run. */
  readonly caseIds: readonly string[];
  readonly scope: CertificationScope;
  /** Flags that ask for the same driver and cluster, for the report. */
  readonly certifyFlags: string;
  readonly sealing: Sealing;
  /** Print the outcome for a program. */
  readonly json?: boolean;
  /** Folder of the report. */
  readonly out?: string;
  /** Git commit of the kit, where it cannot be asked. */
  readonly commit?: string;
  /** Of the driver's pools, where they cannot be asked. */
  readonly poolBytes?: number;
  /** Cases are run by pods of the cluster. */
  readonly inCluster?: {
    readonly workers: number;
    readonly cases: readonly CatalogueCase[];
    /** Flags that ask for the same workers, for the report. */
    readonly flags: string;
  };
}
