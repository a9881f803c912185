// SPDX-License-Identifier: Apache-2.0
import { promisify } from "node:util";
import {
  type Client,
  credentials,
  loadPackageDefinition,
  type ServiceClientConstructor,
} from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";

/** A CSI answer as the loader gives it: field names as in the specification, enums by name. */
export type Answer = Readonly<Record<string, unknown>>;
type Method = (request: object, done: (error: Error | null, answer: Answer) => void) => void;

/** Calls one method of a CSI service on a Unix socket. */
export type Ask = (service: string, socket: string, method: string, request?: object) => Promise<Answer>;

/** Reads the CSI specification's proto file. */
export function loadCsi(protoFile: string): Ask {
  const loaded = loadPackageDefinition(
    loadSync(protoFile, { enums: String, longs: String, defaults: true, arrays: true, oneofs: true }),
  );
  const services = (loaded["csi"] as unknown as { v1: Record<string, ServiceClientConstructor> }).v1;
  return async (service, socket, method, request = {}) => {
    const Service = services[service];
    if (Service === undefined) throw new Error(`${protoFile} has no service ${service}`);
    const client: Client = new Service(`unix://${socket}`, credentials.createInsecure());
    try {
      const call = (client as unknown as Record<string, Method>)[method];
      if (call === undefined) throw new Error(`${service} has no method ${method}`);
      return await promisify(call.bind(client))(request);
    } finally {
      client.close();
    }
  };
}
