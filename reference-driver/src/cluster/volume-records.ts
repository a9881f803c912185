// SPDX-License-Identifier: Apache-2.0
import { EventEmitter } from "node:events";
import type { KubeConfig } from "@kubernetes/client-node";
import { CustomResource } from "./custom-resource.ts";
import { DRIVER_LABEL } from "./resources.ts";
import type { LogicalVolume, LogicalVolumeStatus } from "./resources.ts";
import { startWatch } from "./watched.ts";
import type { Watched } from "./watched.ts";

/** What is told about a record: its present state, or that it is gone. */
export type RecordListener = (record: LogicalVolume, gone: boolean) => void;

const PLURAL = "logicalvolumes";

/** The driver's LogicalVolume objects: reads and writes go to the API server, changes are told by a watch. */
export class VolumeRecords {
  readonly resource: CustomResource<LogicalVolume>;
  readonly #config: KubeConfig;
  readonly #selector: string;
  readonly #changes = new EventEmitter().setMaxListeners(0);
  #watched: Watched<LogicalVolume> | undefined;

  constructor(config: KubeConfig, driverName: string) {
    this.#config = config;
    this.#selector = `${DRIVER_LABEL}=${driverName}`;
    this.resource = new CustomResource<LogicalVolume>(config, PLURAL);
  }

  /** Starts the watch. Listeners added before see each record that exists already. */
  async start(): Promise<void> {
    const target = {
      config: this.#config,
      resource: this.resource,
      plural: PLURAL,
      labelSelector: this.#selector,
    };
    await startWatch(target, (watched) => {
      // before the first event: who is told of a record looks it up at once
      this.#watched = watched;
      for (const verb of ["add", "update"] as const)
        watched.on(verb, (record) => this.#changes.emit("change", record, false));
      watched.on("delete", (record) => this.#changes.emit("change", record, true));
    });
  }

  async stop(): Promise<void> {
    await this.#watched?.stop();
  }

  listen(listener: RecordListener): () => void {
    this.#changes.on("change", listener);
    return () => this.#changes.off("change", listener);
  }

  async list(): Promise<LogicalVolume[]> {
    return (await this.resource.list(this.#selector)).items;
  }

  /** All records as the watch last saw them. */
  allSeen(): readonly LogicalVolume[] {
    return this.#watched?.list() ?? [];
  }

  /** The record as the watch last saw it. */
  seen(name: string): LogicalVolume | undefined {
    return this.#watched?.get(name);
  }

  /** Writes the whole status; what is left out is taken away. */
  async setStatus(name: string, status: LogicalVolumeStatus): Promise<void> {
    const cleared = { code: null, message: null, bytes: null, readAheadKib: null, createdAt: null };
    await this.resource.mergeStatus(name, { ...cleared, ...status });
  }
}
