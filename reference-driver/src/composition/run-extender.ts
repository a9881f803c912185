// SPDX-License-Identifier: Apache-2.0
import { readFile } from "node:fs/promises";
import path from "node:path";
import { watchCluster } from "../extender/cluster-view.ts";
import { createExtender } from "../extender/extender.ts";
import { serveExtender } from "../extender/extender-server.ts";
import { InFlight } from "../extender/in-flight.ts";
import { SILENCE_MS } from "../back-end/back-end.ts";
import { log } from "../support/log.ts";
import type { Flags } from "./flags.ts";
import { loadKubeConfig } from "./kube-config.ts";
import type { Stop } from "./process.ts";
import type { Services } from "./services.ts";

/** The scheduler writes a selected node within some tens of milliseconds; a pod that takes longer has failed elsewhere. */
const CHOICE_MS = 1_000;

/** The scheduler extender, one for all instances of the driver. */
export async function runExtender(_services: Services, flags: Flags, stops: Stop[]): Promise<void> {
  const view = watchCluster(loadKubeConfig());
  const extender = createExtender({ view, inFlight: new InFlight(CHOICE_MS), silenceMs: SILENCE_MS });
  const [certificate, key] = await Promise.all(
    ["tls.crt", "tls.key"].map((file) => readFile(path.join(flags.tlsDir, file), "utf8")),
  );
  const { host, port } = flags.listen;
  const server = await serveExtender({
    extender,
    certificate: certificate ?? "",
    key: key ?? "",
    host,
    port,
    ready: () => view.ready(),
  });
  log({ event: "extender", host, port: server.port });
  stops.push(
    () => server.stop(),
    () => view.stop(),
  );
}
