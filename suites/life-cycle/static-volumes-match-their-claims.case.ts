// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

/** What is on the shelf, and the wish of a claim that only this volume fulfils. */
const shelf = [
  { name: "named", mode: "Filesystem", megabytes: 32 },
  { name: "labelled", mode: "Filesystem", megabytes: 32 },
  { name: "large", mode: "Filesystem", megabytes: 96 },
  { name: "block", mode: "Block", megabytes: 32 },
] as const;
const contentsOf = (owner: string) => ({ owner, generation: 1, megabytes: 2 });

export default defineCase(
  {
    title:
      "Volumes made by hand are bound by name, label, size, mode and class, each with its data, and to no claim they do not fit",
    covers: ["life/static-dynamic"],
    features: ["dynamic-provisioning", "delayed-binding", "block-volume"],
    needs: { nodes: 1, zones: 1 },
    cost: { typicalSeconds: 45, limitSeconds: 400, volumes: 4, megabytes: 192 },
  },
  async ({ step, check, classes, claims, pods, data, volumes }) => {
    const { byHand, other, adopted } = await step(
      "arrange",
      "four volumes with data are offered by objects made by hand",
      async () => {
        const [kept, byHand, other] = await Promise.all([
          classes.derive({ name: "kept", of: "delayed", reclaimPolicy: "Retain" }),
          classes.derive({ name: "by-hand", of: "delayed", byHand: true }),
          classes.derive({ name: "other", of: "delayed", byHand: true }),
        ]);
        const adopted = await Promise.all(
          shelf.map(async ({ name, mode, megabytes }) => {
            const claim = await claims.create({ name: `old-${name}`, class: kept, mode, megabytes });
            const pod = await pods.start({ name: `old-${name}`, claim });
            await data.writeBlocks(pod, contentsOf(name));
            const volume = await volumes.of(claim);
            await pods.delete(pod);
            await claims.remove(claim);
            await volumes.untilPhase(volume, "Released");
            return volumes.adopt({ name, of: volume, class: byHand, labels: { shelf: name } });
          }),
        );
        return { byHand, other, adopted };
      },
    );

    const bound = await step("act", "a claim for each asks in its own way", async () => {
      const [named] = adopted;
      const wishes = [
        { megabytes: 16, ...(named === undefined ? {} : { volume: named }) },
        { megabytes: 16, selector: { shelf: "labelled" } },
        { megabytes: 64 },
        { megabytes: 16, mode: "Block" },
      ] as const;
      return Promise.all(
        shelf.map(async ({ name }, n) => {
          const claim = await claims.create({ name, class: byHand, megabytes: 16, ...wishes[n] });
          await claims.untilBound(claim);
          return claim;
        }),
      );
    });

    await step("assert", "each has the volume it asked for, with its data", () =>
      Promise.all(
        bound.map(async (claim, n) => {
          check.equal(`The volume of claim ${claim.name}`, (await volumes.of(claim)).name, adopted[n]?.name);
          const pod = await pods.start({ name: claim.name, claim });
          await data.expectBlocks(pod, contentsOf(claim.name));
        }),
      ),
    );

    await step("assert", "with a volume free again, claims that it does not fit stay without", async () => {
      const [named] = bound;
      if (named === undefined) return;
      await pods.delete(named);
      await claims.remove(named);
      const [first] = adopted;
      if (first === undefined) return;
      await volumes.clearClaim(first);
      await volumes.untilPhase(first, "Available");
      const misfits = await Promise.all([
        claims.create({ name: "too-large", class: byHand, megabytes: 64 }),
        claims.create({ name: "other-label", class: byHand, megabytes: 16, selector: { shelf: "none" } }),
        claims.create({ name: "other-mode", class: byHand, megabytes: 16, mode: "Block" }),
        claims.create({ name: "other-class", class: other, megabytes: 16 }),
      ]);
      for (const claim of misfits)
        await pods.staysPending(await pods.create({ name: claim.name, claim }), "claim-unbound");
      await volumes.untilPhase(first, "Available");
    });
  },
);
