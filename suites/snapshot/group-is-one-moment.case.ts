// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const owner = "ledger";
const members = ["one", "two", "three"] as const;

export default defineCase(
  {
    title:
      "A group snapshot under a writer that stamps three volumes in turn holds a prefix of its stamps over all three",
    covers: ["snap/group"],
    features: ["dynamic-provisioning", "delayed-binding", "snapshot", "restore", "group-snapshot"],
    needs: { nodes: 1, zones: 1 },
    cost: { typicalSeconds: 35, limitSeconds: 300, volumes: 6, megabytes: 288 },
  },
  async ({ step, check, claims, pods, groups, logs }) => {
    const volume = { class: "delayed", megabytes: 32 } as const;

    const { sources, writer, log, before } = await step(
      "arrange",
      "a program stamps three volumes in turn, each stamp synced before the next",
      async () => {
        const sources = await Promise.all(members.map((name) => claims.create({ name, ...volume })));
        const [claim, ...also] = sources;
        const writer = await pods.start({ name: "writer", ...(claim === undefined ? {} : { claim }), also });
        const log = await logs.start(writer, owner, members.length);
        return { sources, writer, log, before: await log.until(150) };
      },
    );

    const { moments, ready } = await step("act", "a snapshot is taken of the group", async () => {
      const moments = await groups.take({ name: "group", of: sources });
      return { moments, ready: await log.until(before.acknowledged) };
    });

    const end = await step("act", "the program writes on, and is stopped", async () => {
      await log.until(ready.acknowledged + 90);
      return log.stop();
    });

    const readers = await step("act", "each member is restored", () =>
      Promise.all(
        moments.map(async (from, number) => {
          const name = `restored-${String(number)}`;
          const claim = await claims.create({ name, ...volume, from });
          return pods.start({ name, claim, on: writer.node });
        }),
      ),
    );

    await step(
      "assert",
      "together they hold what was synced before, nothing from after, and no gap",
      async () => {
        const found = await logs.expect(readers, owner, {
          acknowledged: before.acknowledged,
          begun: ready.begun,
        });
        check.holds(
          "The cut lies within the load",
          found < end.acknowledged,
          `${String(found)} of ${String(end.acknowledged)} stamps`,
        );
      },
    );
  },
);
