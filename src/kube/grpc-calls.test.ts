// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { extractCalls } from "./grpc-calls.ts";

const sidecar = `2026-11-21T05:40:12.1Z I1121 connection.go:264] "GRPC call" method="/csi.v1.Controller/CreateVolume" request="{}"
2026-11-21T05:40:12.2Z I1121 controller.go:9] "Something else"
2026-11-21T05:40:14.9Z I1121 connection.go:270] "GRPC response" response="{}" err="rpc error: code = NotFound"
2026-11-21T05:40:15.0Z I1121 connection.go:264] "GRPC call" method="/csi.v1.Identity/Probe" request="{}"
2026-11-21T05:40:16.0Z I1121 connection.go:1] GRPC request: {}
`;
const driver = `2026-11-21T05:40:13.0Z {"time":"x","method":"createVolume","id":"pvc-1","code":"OK","ms":12}
2026-11-21T05:40:13.1Z {"time":"x","event":"serving"}
2026-11-21T05:40:13.2Z {"time":"x","method":"probe","code":"OK","ms":0}
`;

test("calls of all logs are in the order of time, under the name of their container, without probes", () => {
  const calls = extractCalls(
    new Map([
      ["c-0.csi-provisioner", sidecar],
      ["c-0.driver", driver],
    ]),
  );
  expect(calls.split("\n").map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual([
    "2026-11-21T05:40:12.1Z c-0.csi-provisioner",
    "2026-11-21T05:40:13.0Z c-0.driver",
    "2026-11-21T05:40:14.9Z c-0.csi-provisioner",
    "2026-11-21T05:40:16.0Z c-0.csi-provisioner",
    "",
  ]);
});

test("logs without calls give nothing", () => {
  expect(extractCalls(new Map([["a.b", "2026-11-21T05:40:12.2Z hello\n"]]))).toBe("");
});
