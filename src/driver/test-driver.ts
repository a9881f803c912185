// SPDX-License-Identifier: Apache-2.0
import { z } from "zod";

const classSource = z
  .looseObject({
    FromName: z.boolean().default(false),
    FromFile: z.string().default(""),
    FromExistingClassName: z.string().default(""),
  })
  .prefault({});

/** Upstream writes its sets as mappings; some write them as lists. */
const textSet = z
  .union([z.record(z.string(), z.unknown()).transform((value) => Object.keys(value)), z.array(z.string())])
  .nullish()
  .transform((value) => value ?? []);

const driverInfo = z.looseObject({
  Name: z.string().min(1),
  SupportedSizeRange: z.looseObject({ Min: z.string().default(""), Max: z.string().default("") }).nullish(),
  SupportedFsType: textSet,
  SupportedMountOption: textSet,
  RequiredMountOption: textSet,
  TopologyKeys: z
    .array(z.string())
    .nullish()
    .transform((value) => value ?? []),
  Capabilities: z.record(z.string(), z.boolean().nullable()).prefault({}),
  RequiredAccessModes: z.array(z.string()).nullish(),
});

/**
 * The definition of a driver for Kubernetes' own external storage tests: `driverDefinition` in
 * test/e2e/storage/external/external.go and `DriverInfo` in test/e2e/storage/framework/testdriver.go.
 * Upstream ignores fields it does not know, so they are kept here to be named.
 */
export const testDriver = z.looseObject({
  ShortName: z.string().optional(),
  StorageClass: classSource,
  SnapshotClass: classSource,
  DriverInfo: driverInfo,
  InlineVolumes: z.array(z.unknown()).optional(),
  ClientNodeName: z.string().optional(),
  Timeouts: z.record(z.string(), z.string()).prefault({}),
});

export type TestDriver = z.infer<typeof testDriver>;
