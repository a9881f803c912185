// SPDX-License-Identifier: Apache-2.0
// Runs in a pod on the driver's node: prints one JSON document with the ids of all volumes and snapshots. Arguments: proto file, controller socket.
import { status } from "@grpc/grpc-js";
import { type Answer, loadCsi } from "./csi-client.ts";
import type { Listing } from "./listing.ts";

const [protoFile = "", socket = ""] = process.argv.slice(2);
const ask = loadCsi(protoFile);

/** Follows `next_token` to the end; null when the driver has no such call. */
async function listAll(method: string, idOf: (entry: Answer) => unknown): Promise<string[] | null> {
  const ids: string[] = [];
  let token = "";
  try {
    do {
      const answer = await ask("Controller", socket, method, { startingToken: token, maxEntries: 0 });
      for (const entry of (answer["entries"] ?? []) as Answer[]) ids.push(String(idOf(entry)));
      token = typeof answer["nextToken"] === "string" ? answer["nextToken"] : "";
    } while (token !== "");
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === status.UNIMPLEMENTED) return null;
    throw thrown;
  }
  return ids;
}

function inside(entry: Answer, part: string, field: string): unknown {
  return (entry[part] as Answer | null)?.[field];
}

const listing: Listing = {
  volumes: await listAll("ListVolumes", (entry) => inside(entry, "volume", "volumeId")),
  snapshots: await listAll("ListSnapshots", (entry) => inside(entry, "snapshot", "snapshotId")),
};
process.stdout.write(`${JSON.stringify(listing)}\n`);
