// SPDX-License-Identifier: Apache-2.0
// Runs in a pod on the driver's node: prints one JSON document with all volumes and the ids of all snapshots. Arguments: proto file, controller socket.
import { status } from "@grpc/grpc-js";
import { type Answer, loadCsi } from "./csi-client.ts";
import type { Listing } from "./listing.ts";

const [protoFile = "", socket = ""] = process.argv.slice(2);
const ask = loadCsi(protoFile);

/** Follows `next_token` to the end; null when the driver has no such call. */
async function listAll<T>(method: string, read: (entry: Answer) => T): Promise<T[] | null> {
  const found: T[] = [];
  let token = "";
  try {
    do {
      const answer = await ask("Controller", socket, method, { startingToken: token, maxEntries: 0 });
      for (const entry of (answer["entries"] ?? []) as Answer[]) found.push(read(entry));
      token = typeof answer["nextToken"] === "string" ? answer["nextToken"] : "";
    } while (token !== "");
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === status.UNIMPLEMENTED) return null;
    throw thrown;
  }
  return found;
}

function inside(entry: Answer, part: string, field: string): unknown {
  return (entry[part] as Answer | null)?.[field];
}

function segmentsOf(entry: Answer): Readonly<Record<string, string>> | null {
  const [first] = (inside(entry, "volume", "accessibleTopology") ?? []) as Answer[];
  return (first?.["segments"] ?? null) as Readonly<Record<string, string>> | null;
}

const listing: Listing = {
  volumes: await listAll("ListVolumes", (entry) => ({
    id: String(inside(entry, "volume", "volumeId")),
    segments: segmentsOf(entry),
  })),
  snapshots: await listAll("ListSnapshots", (entry) => String(inside(entry, "snapshot", "snapshotId"))),
};
process.stdout.write(`${JSON.stringify(listing)}\n`);
