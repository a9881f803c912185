// SPDX-License-Identifier: Apache-2.0
import { loadPackageDefinition } from "@grpc/grpc-js";
import type { GrpcObject, ServiceClientConstructor, ServiceDefinition } from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import path from "node:path";
import { findProtoFolder } from "./proto-folder.ts";

/** Sizes stay far below 2^53 bytes (8 PiB), so 64-bit fields are plain numbers. */
const OPTIONS = {
  longs: Number,
  enums: String,
  defaults: true,
  arrays: true,
  objects: true,
  oneofs: true,
} as const;

/** By file: what one holds takes megabytes, and most are asked for several of their services. */
const loaded = new Map<string, GrpcObject>();

/**
 * Definition of one service of one of our proto files.
 * @param file such as `csi.proto`
 * @param name fully qualified, such as `csi.v1.Node`
 */
export function loadService(file: string, name: string): ServiceDefinition {
  const full = path.join(findProtoFolder(import.meta.dirname), file);
  const known = loaded.get(full) ?? loadPackageDefinition(loadSync(full, OPTIONS));
  loaded.set(full, known);
  let found: GrpcObject | undefined = known;
  const parts = name.split(".");
  const last = parts.pop() ?? name;
  for (const part of parts) found = found?.[part] as GrpcObject | undefined;
  const client = found?.[last] as ServiceClientConstructor | undefined;
  if (client === undefined) throw new Error(`${full}: holds no service ${name}`);
  return client.service;
}
