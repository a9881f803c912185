// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const contents = { owner: "source", generation: 1, megabytes: 4 };

export default defineCase(
  {
    title:
      "A restored volume is where its snapshot's data is, though the source is gone, and its pod follows it there",
    covers: ["snap/placement", "snap/survives-source"],
    features: [
      "dynamic-provisioning",
      "delayed-binding",
      "immediate-binding",
      "topology",
      "snapshot",
      "restore",
    ],
    needs: { nodes: 2, zones: 2, nodeExec: true },
    cost: { typicalSeconds: 30, limitSeconds: 300, volumes: 3, megabytes: 192 },
  },
  async ({ step, check, nodes, claims, pods, data, snapshots, place }) => {
    const { source, writer, moment } = await step(
      "arrange",
      "a snapshot of a volume with data is ready",
      async () => {
        const source = await claims.create({ name: "source", class: "delayed" });
        const writer = await pods.start({ name: "writer", claim: source });
        await data.writeBlocks(writer, contents);
        const moment = await snapshots.untilReady(await snapshots.take({ name: "moment", of: source }));
        return { source, writer, moment };
      },
    );

    await step(
      "arrange",
      "the source is gone, and no node is busier than those that reach its data",
      async () => {
        await pods.delete(writer);
        await claims.delete(source);
        await claims.untilGone(source);
        await pods.crowd(place.reach(nodes.named(writer.node)));
      },
    );

    const { restored, home, near } = await step(
      "act",
      "the snapshot is restored before any pod needs it",
      async () => {
        const restored = await claims.create({ name: "restored", class: "immediate", from: moment });
        await claims.untilBound(restored);
        const home = await place.ofDisk(restored);
        return { restored, home, near: place.reach(home).map(({ name }) => name) };
      },
    );

    const reader = await step(
      "assert",
      "its pod is where the restored volume is, by every witness",
      async () => {
        const reader = await pods.start({ name: "reader", claim: restored });
        check.isOneOf("The pod is on a node that reaches the volume", reader.node, near);
        await place.agrees({ pod: reader, claim: restored, binding: "immediate" });
        return reader;
      },
    );

    await step(
      "assert",
      "it holds the source's data",
      () => data.expectBlocks(reader, contents),
      "snap/survives-source",
    );

    await step(
      "assert",
      "a pod that a delayed restore awaits is sent there, though nodes elsewhere are emptier",
      async () => {
        const delayed = await claims.create({ name: "delayed", class: "delayed", from: moment });
        const pod = await pods.start({ name: "delayed", claim: delayed });
        const { node } = await place.agrees({ pod, claim: delayed, binding: "delayed" });
        check.isOneOf("It is where the snapshot's data is", node, near);
        await data.expectBlocks(pod, contents);
      },
    );

    await step("assert", "a pod that may not go there stays Pending for this reason", async () => {
      await pods.delete(reader);
      const other = nodes.workers.find(({ name, zone }) => !near.includes(name) && zone !== home.zone);
      if (other === undefined) return;
      const stranger = await pods.create({ name: "stranger", claim: restored, on: other.name });
      await pods.staysPending(stranger, "volume-affinity");
    });
  },
);
