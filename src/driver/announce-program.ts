// SPDX-License-Identifier: Apache-2.0
// Runs in a pod on the driver's node: asks its sockets and prints one JSON document. Arguments: proto file, controller socket, node socket.
import { promisify } from "node:util";
import {
  type Client,
  credentials,
  loadPackageDefinition,
  type ServiceClientConstructor,
} from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import type { Announcement } from "./announcement.ts";

type Answer = Readonly<Record<string, unknown>>;
type Method = (request: object, done: (error: Error | null, answer: Answer) => void) => void;

const [protoFile = "", controllerSocket = "", nodeSocket = ""] = process.argv.slice(2);
const loaded = loadPackageDefinition(
  loadSync(protoFile, { enums: String, defaults: true, arrays: true, oneofs: true }),
);
const services = (loaded["csi"] as unknown as { v1: Record<string, ServiceClientConstructor> }).v1;

async function ask(service: string, socket: string, method: string): Promise<Answer> {
  const Service = services[service];
  if (Service === undefined) throw new Error(`${protoFile} has no service ${service}`);
  const client: Client = new Service(`unix://${socket}`, credentials.createInsecure());
  try {
    const call = (client as unknown as Record<string, Method>)[method];
    if (call === undefined) throw new Error(`${service} has no method ${method}`);
    return await promisify(call.bind(client))({});
  } finally {
    client.close();
  }
}

/** Capability messages are a oneof of wrappers around an enum; the enum's name is what was announced. */
function names(answer: Answer): string[] {
  const list = (answer["capabilities"] ?? []) as Record<string, unknown>[];
  const types = list.flatMap((capability) => Object.values(capability).flatMap((value) => typeOf(value)));
  return [...new Set(types)].sort();
}

function typeOf(value: unknown): string[] {
  return typeof value === "object" && value !== null && "type" in value ? [String(value.type)] : [];
}

const [info, identity, controller, node] = await Promise.all([
  ask("Identity", controllerSocket, "GetPluginInfo"),
  ask("Identity", controllerSocket, "GetPluginCapabilities"),
  ask("Controller", controllerSocket, "ControllerGetCapabilities"),
  ask("Node", nodeSocket, "NodeGetCapabilities"),
]);
const result: Announcement = {
  name: String(info["name"]),
  vendorVersion: String(info["vendorVersion"]),
  identity: names(identity),
  controller: names(controller),
  node: names(node),
};
process.stdout.write(`${JSON.stringify(result)}\n`);
