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

/**
 * Definition of one service of one of our proto files.
 * @param file such as `csi.proto`
 * @param name fully qualified, such as `csi.v1.Node`
 */
export function loadService(file: string, name: string): ServiceDefinition {
  const folder = findProtoFolder(import.meta.dirname);
  let found: GrpcObject | undefined = loadPackageDefinition(loadSync(path.join(folder, file), OPTIONS));
  const parts = name.split(".");
  const last = parts.pop() ?? name;
  for (const part of parts) found = found?.[part] as GrpcObject | undefined;
  const client = found?.[last] as ServiceClientConstructor | undefined;
  if (client === undefined) throw new Error(`${path.join(folder, file)}: holds no service ${name}`);
  return client.service;
}
