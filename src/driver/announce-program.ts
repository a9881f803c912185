// SPDX-License-Identifier: Apache-2.0
// Runs in a pod on the driver's node: asks its sockets and prints one JSON document. Arguments: proto file, controller socket, node socket.
import type { Announcement } from "./announcement.ts";
import { type Answer, loadCsi } from "./csi-client.ts";

const [protoFile = "", controllerSocket = "", nodeSocket = ""] = process.argv.slice(2);
const ask = loadCsi(protoFile);

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
