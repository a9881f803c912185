// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const owner = "ledger";

export default defineCase(
  {
    title:
      "A snapshot cut under a writer that syncs each record holds a prefix of its records, none of them torn",
    covers: ["snap/in-use"],
    features: ["dynamic-provisioning", "delayed-binding", "snapshot", "restore"],
    needs: { nodes: 1, zones: 1 },
    cost: { typicalSeconds: 25, limitSeconds: 300, volumes: 2, megabytes: 192 },
  },
  async ({ step, check, claims, pods, snapshots, logs }) => {
    const { source, writer, log, before } = await step(
      "arrange",
      "a program writes record after record, each synced",
      async () => {
        const source = await claims.create({ name: "source", class: "delayed" });
        const writer = await pods.start({ name: "writer", claim: source });
        const log = await logs.start(writer, owner);
        return { source, writer, log, before: await log.until(200) };
      },
    );

    const { moment, ready } = await step("act", "a snapshot is taken meanwhile", async () => {
      const moment = await snapshots.untilReady(await snapshots.take({ name: "moment", of: source }));
      return { moment, ready: await log.until(before.acknowledged) };
    });

    const end = await step("act", "the program writes on, and is stopped", async () => {
      await log.until(ready.acknowledged + 100);
      return log.stop();
    });

    const reader = await step("act", "the snapshot is restored", async () => {
      const restored = await claims.create({ name: "restored", class: "delayed", from: moment });
      return pods.start({ name: "reader", claim: restored, on: writer.node });
    });

    await step(
      "assert",
      "all records synced before the request are there, none from after readiness, none torn, no gap",
      async () => {
        const found = await logs.expect([reader], owner, {
          acknowledged: before.acknowledged,
          begun: ready.begun,
        });
        check.holds(
          "The cut lies within the load",
          found < end.acknowledged,
          `${String(found)} of ${String(end.acknowledged)} records`,
        );
      },
    );

    await step("assert", "the source lacks no record that it acknowledged", async () => {
      await logs.expect([writer], owner, end);
    });
  },
);
