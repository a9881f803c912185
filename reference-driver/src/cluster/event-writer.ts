// SPDX-License-Identifier: Apache-2.0
import { CustomObjectsApi } from "@kubernetes/client-node";
import type { KubeConfig } from "@kubernetes/client-node";
import { log, messageOf } from "../support/log.ts";
import type { ResourceObject } from "./resources.ts";

/** What happened to an object. */
interface Happening {
  readonly type: "Normal" | "Warning";
  /** One word in upper camel case. */
  readonly reason: string;
  readonly message: string;
  /** What was being done, in upper camel case. */
  readonly action: string;
}

/** Tells operators what happened, by events on objects. */
export interface EventWriter {
  /** Writes an event; one that cannot be written is logged, as nothing may fail for it. */
  write(object: ResourceObject, happening: Happening): Promise<void>;
}

const LONGEST_NOTE = 1024;
/** Leaves room for what the API server adds. */
const LONGEST_NAME = 200;
const EVENTS = { group: "events.k8s.io", version: "v1", plural: "events" } as const;

/** @param controller who speaks, such as `seaworthy-manager` @param instance which of its processes, such as its node */
export function createEventWriter(config: KubeConfig, controller: string, instance: string): EventWriter {
  const api = config.makeApiClient(CustomObjectsApi);
  return {
    write: async ({ apiVersion, kind, metadata }, { type, reason, message, action }) => {
      // Events on objects without a namespace are kept in `default`.
      const { name = "", uid, namespace = "default" } = metadata ?? {};
      const body = {
        apiVersion: "events.k8s.io/v1",
        kind: "Event",
        metadata: { namespace, generateName: `${name.slice(0, LONGEST_NAME)}-` },
        regarding: { apiVersion, kind, name, uid, namespace: metadata?.namespace },
        type,
        reason,
        note: message.slice(0, LONGEST_NOTE),
        action,
        eventTime: new Date().toISOString().replace("Z", "000Z"),
        reportingController: controller,
        reportingInstance: instance,
      };
      try {
        await api.createNamespacedCustomObject({ ...EVENTS, namespace, body });
      } catch (error) {
        log({ event: "event not written", object: name, reason, message: messageOf(error) });
      }
    },
  };
}
