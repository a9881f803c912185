// SPDX-License-Identifier: Apache-2.0
import type { CsiAnswer, CsiCalls, CsiMessage, NewVolumeSpec } from "../../catalogue/context/csi-calls.ts";
import { findController } from "../../driver/find-controller.ts";
import { execInPod } from "../../kube/exec.ts";
import { resources } from "../../kube/resources.ts";
import { KitError } from "../../support/errors.ts";
import type { CaseRun } from "../case-run.ts";
import { mountOptionsOf, mountPointsOf } from "../mount-points.ts";
import { classNameOf } from "./claims.ts";
import { registerMade } from "./made-volumes.ts";
import { publishedVolume, writerOf } from "./published-volume.ts";
import { SocketPods, socketsOf } from "./socket-pods.ts";

interface Call {
  readonly service: "Controller" | "Node";
  readonly method: string;
  readonly request: CsiMessage;
  readonly times: number;
}

export function grantCsiCalls(run: CaseRun): CsiCalls {
  const pods = new SocketPods(run);
  return {
    controller: async (method, request, times = 1) => {
      const controller = await findController(run.kube, socketsOf(run));
      const pod = await pods.onController(controller);
      const socket = `/controller/${controller.socketFile}`;
      const answers = await call(run, pod, socket, { service: "Controller", method, request, times });
      if (method === "CreateVolume") await registerMade(run, answers);
      return answers;
    },
    node: async (node, method, request, times = 1) => {
      const { path } = socketsOf(run).node;
      const socket = `/node/${path.slice(path.lastIndexOf("/") + 1)}`;
      return call(run, await pods.onNode(node), socket, { service: "Node", method, request, times });
    },
    createVolumeRequest: (spec) => createVolumeRequest(run, spec),
    published: (pod, claim) => publishedVolume(run, pod, claim),
    mountOptionsAt: async (node, path) => {
      const script = 'grep --no-filename --no-messages --fixed-strings -- "$1" /proc/[0-9]*/mountinfo';
      const argv = ["sh", "-c", script, "sh", ` ${path} `] as const;
      // grep finds nothing, or a process has ended meanwhile
      const { stdout } = await run.cluster.exec(node, argv, { allowFailure: true });
      return mountOptionsOf(stdout, path);
    },
    mountsAt: async (node, path) => {
      const { stdout } = await run.cluster.exec(node, ["cat", "/proc/1/mountinfo"]);
      return mountPointsOf(stdout).filter((point) => point === path || point.startsWith(`${path}/`));
    },
  };
}

async function call(
  run: CaseRun,
  pod: string,
  socket: string,
  { service, method, request, times }: Call,
): Promise<readonly CsiAnswer[]> {
  const place = { namespace: run.namespace, pod, container: "probe" };
  const program = ["node", "/opt/seaworthy/csi-call.mjs", "/opt/seaworthy/proto/csi.proto"];
  const argv = [...program, socket, service, method, JSON.stringify(request), String(times)];
  const { stdout, stderr, exitCode } = await execInPod(run.kube, place, argv, run.signal);
  if (exitCode === 0) return JSON.parse(stdout) as readonly CsiAnswer[];
  throw new KitError("CSI_CALL", `call ${service}.${method} on ${socket}: ${stderr.trim().slice(-500)}`);
}

async function createVolumeRequest(run: CaseRun, spec: NewVolumeSpec): Promise<CsiMessage> {
  const { delayed, immediate } = run.settings.driver.storageClasses;
  const name = classNameOf(run, delayed === undefined && immediate !== undefined ? "immediate" : "delayed");
  const { parameters = {} } = await run.kube.get(resources.classes, { name }, run);
  const own = Object.entries(parameters).filter(([key]) => !key.startsWith("csi.storage.k8s.io/"));
  const segments = Object.fromEntries(
    run.settings.driver.topologyKeys.map((key) => [key, spec.node.labels[key] ?? ""]),
  );
  const topology = [{ segments }];
  return {
    name: `${run.namespace}-${spec.name}`,
    capacityRange: { requiredBytes: spec.megabytes * 1024 * 1024 },
    volumeCapabilities: [writerOf({})],
    parameters: Object.fromEntries(own),
    ...(run.settings.driver.topologyKeys.length === 0
      ? {}
      : { accessibilityRequirements: { requisite: topology, preferred: topology } }),
  };
}
