// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from "vitest";
import { parseFlags } from "./flags.ts";

describe("parseFlags", () => {
  it("takes the node's name from the environment", () => {
    expect(parseFlags(["node", "--endpoint=unix:///x.sock"], { NODE_NAME: "n1" })).toMatchObject({
      mode: "node",
      node: "n1",
      endpoint: "unix:///x.sock",
      driverName: "local.seaworthy.dev",
      pools: "/etc/seaworthy/pools.json",
      healthPort: undefined,
      maxVolumes: 0,
    });
  });

  it("takes the extender's address apart", () => {
    expect(parseFlags(["extender", "--listen=127.0.0.1:10271"], {}).listen).toEqual({
      host: "127.0.0.1",
      port: 10271,
    });
  });

  it.each([
    [["extender", "--listen=10271"], /--listen: 10271 is no host:port/],
    [[], /mode: one of controller, node, extender, manager, discoverer, standalone/],
    [["sail"], /found sail/],
    [["node"], /--node or the environment's NODE_NAME/],
    [["controller", "--health-port", "x"], /--health-port: x is no port/],
    [["controller", "--max-volumes", "-1"], /--max-volumes/],
    [["controller", "--max-volumes", "many"], /--max-volumes/],
    [["controller", "--bogus"], /bogus/],
  ])("refuses %j", (argv, message) => {
    expect(() => parseFlags(argv, {})).toThrow(message);
  });
});
