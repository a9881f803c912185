// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { hasDriverSocket, socketOf, withRelay } from "./sidecars.ts";

const socket = { name: "socket", mountPath: "/csi" };

test.each([
  ["one word", { name: "a", args: ["--csi-address=/csi/csi.sock"] }],
  ["two words", { name: "a", args: ["--v=3", "--csi-address", "/csi/csi.sock"] }],
  ["a URL", { name: "a", args: ["--csi-address=unix:///csi/csi.sock"] }],
  [
    "a variable",
    { name: "a", args: ["--csi-address=$(ADDRESS)"], env: [{ name: "ADDRESS", value: "/csi/csi.sock" }] },
  ],
])("A socket given as %s is read", (_how, container) => {
  expect(hasDriverSocket(container)).toBe(true);
  expect(socketOf(container)).toBe("/csi/csi.sock");
});

test("Sidecars are sent to the relay, the driver is left alone, and the relay has the socket's folder", () => {
  const driver = { name: "driver", args: ["--endpoint=unix:///csi/csi.sock"], volumeMounts: [socket] };
  const provisioner = {
    name: "csi-provisioner",
    args: ["--csi-address", "/csi/csi.sock", "--v=3"],
    volumeMounts: [socket, { name: "tmp", mountPath: "/tmp" }],
  };
  expect(withRelay([driver, provisioner], "probe:1")).toEqual([
    driver,
    { ...provisioner, args: ["--v=3", "--csi-address=/csi/seaworthy-relay.sock"] },
    {
      name: "seaworthy-relay",
      image: "probe:1",
      imagePullPolicy: "IfNotPresent",
      command: ["node", "/opt/seaworthy/relay.mjs", "serve", "/csi/seaworthy-relay.sock", "/csi/csi.sock"],
      volumeMounts: [socket],
    },
  ]);
});

test("Without a sidecar there is nothing to stand between", () => {
  expect(withRelay([{ name: "driver", args: [] }], "probe:1")).toBeUndefined();
});
