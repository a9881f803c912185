// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const megabytes = 32;
const contents = { owner: "tenant", generation: 1, megabytes: 2 };
/** What a file system may keep for its own journal and tables, of its size. */
const overhead = 0.4;

export default defineCase(
  {
    title:
      "A volume holds what its claim asked for, and when full says ENOSPC and harms neither its data nor its neighbour",
    covers: ["life/static-dynamic"],
    features: ["dynamic-provisioning", "delayed-binding"],
    needs: { nodes: 1, zones: 1 },
    cost: { typicalSeconds: 20, limitSeconds: 300, volumes: 2, megabytes: 64 },
  },
  async ({ step, check, nodes, claims, pods, data, files }) => {
    const [tenant, neighbour] = await step(
      "arrange",
      "two pods of a node have a volume each, with data",
      async () => {
        const [home] = nodes.workers;
        const nodeSelector = { "kubernetes.io/hostname": home?.labels["kubernetes.io/hostname"] ?? "" };
        const start = async (name: string) => {
          const claim = await claims.create({ name, class: "delayed", megabytes });
          const pod = await pods.start({ name, claim, nodeSelector });
          await data.writeBlocks(pod, { ...contents, owner: name });
          return pod;
        };
        return Promise.all([start("tenant"), start("neighbour")]);
      },
    );
    await step("act", "the first fills its volume and makes room again", async () => {
      const { written, error, freeAfter } = await files.fill(tenant);
      check.equal("A full volume answers ENOSPC", error, "ENOSPC");
      const least = (megabytes - contents.megabytes) * 1024 * 1024 * (1 - overhead);
      check.atLeast(
        `A volume of ${String(megabytes)} MiB holds what fits beside its metadata`,
        written,
        least,
      );
      check.holds("The room is free again", freeAfter >= written * 0.9, `${String(freeAfter)} bytes free`);
    });
    await step("assert", "both volumes have their data", async () => {
      await data.expectBlocks(tenant, { ...contents, owner: "tenant" });
      await data.expectBlocks(neighbour, { ...contents, owner: "neighbour" });
    });
  },
);
