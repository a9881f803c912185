// SPDX-License-Identifier: Apache-2.0
import type { DerivedClass } from "./classes.ts";
import type { BindingMode } from "./modes.ts";
import type { RunningPod } from "./running-pod.ts";

/** A StatefulSet this case made; claims are `<template>-<name>-<ordinal>`. */
export interface StatefulSet {
  readonly name: string;
  readonly template: string;
}

export interface StatefulSetSpec<B extends BindingMode> {
  readonly name: string;
  /** Name of the claim template. */
  readonly template: string;
  readonly class: B | DerivedClass<B>;
  readonly replicas: number;
  readonly megabytes?: number;
  /** Node label: no two replicas share a value of it. */
  readonly apartBy: string;
}

export interface StatefulSets<B extends BindingMode> {
  /** Creates the set and waits until every replica is Ready. */
  create(spec: StatefulSetSpec<B>): Promise<StatefulSet>;
  /** Scales and waits until exactly so many pods are there, all Ready. */
  scale(set: StatefulSet, replicas: number): Promise<void>;
  /** The pods by ordinal. */
  pods(set: StatefulSet, replicas: number): Promise<readonly RunningPod[]>;
}
