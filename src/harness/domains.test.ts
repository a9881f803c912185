// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import type { NodeView } from "../catalogue/context/nodes.ts";
import { oncePerDomain } from "./back-end-lister.ts";
import { domainOf, reachOf, termsOf } from "./domains.ts";

const hostname = "kubernetes.io/hostname";
const zone = "topology.kubernetes.io/zone";

const node = (name: string, inZone: string): NodeView => ({
  name,
  zone: inZone,
  labels: { [hostname]: name, [zone]: inZone },
});
const [a, b, c] = [node("a", "east"), node("b", "east"), node("c", "west")];
const workers = [a, b, c];

test("nodes that agree in all of the driver's keys reach the same volumes", () => {
  expect(reachOf(workers, a, [zone])).toEqual([a, b]);
  expect(reachOf(workers, a, [zone, hostname])).toEqual([a]);
  expect(reachOf(workers, a, [])).toEqual(workers);
});

test("allowed topologies name each domain once, by every key", () => {
  expect(termsOf([a, b, c], [zone])).toEqual([{ [zone]: ["east"] }, { [zone]: ["west"] }]);
  expect(termsOf([a], [hostname, zone])).toEqual([{ [hostname]: ["a"], [zone]: ["east"] }]);
});

test("what the nodes of a domain share is listed once, and a twin in another domain shows", () => {
  const items = ["a", "b", "c"].map((name) => ({ id: "v", node: name }));
  const inZone = (name: string): string =>
    domainOf(
      workers.find((one) => one.name === name),
      [zone],
    );
  expect(oncePerDomain(items, inZone)).toEqual([
    { id: "v", node: "a" },
    { id: "v", node: "c" },
  ]);
  expect(oncePerDomain(items, (name) => name)).toEqual(items);
});
