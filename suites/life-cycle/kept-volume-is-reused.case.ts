// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const contents = { owner: "heirloom", generation: 1, megabytes: 2 };
const megabytes = 32;

export default defineCase(
  {
    title:
      "A volume kept after its claim serves the next claim with its data, by a cleared claimRef and by a new object, until its policy says Delete",
    covers: ["life/phases", "life/reclaim", "life/static-dynamic"],
    features: ["dynamic-provisioning", "delayed-binding"],
    needs: { nodes: 1, zones: 1, nodeExec: true },
    cost: { typicalSeconds: 30, limitSeconds: 400, volumes: 1, megabytes },
  },
  async ({ step, check, classes, claims, pods, data, volumes, backEnd }) => {
    const { kept, claim, pod, volume } = await step(
      "arrange",
      "a volume of a Retain class holds data",
      async () => {
        const kept = await classes.derive({ name: "kept", of: "delayed", reclaimPolicy: "Retain" });
        const claim = await claims.create({ name: "first", class: kept, megabytes });
        const pod = await pods.start({ name: "first", claim });
        await data.writeBlocks(pod, contents);
        return { kept, claim, pod, volume: await volumes.of(claim) };
      },
    );

    await step("act", "pod and claim are deleted", async () => {
      await pods.delete(pod);
      await claims.remove(claim);
      await volumes.untilPhase(volume, "Released");
    });

    await step(
      "assert",
      "the volume is Released and the back end still holds it",
      async () => {
        check.holds("The back end keeps a Retain volume", await backEnd.holds(volume.handle), "it is gone");
      },
      "life/reclaim",
    );

    const second = await step("act", "its claimRef is cleared and another claim names it", async () => {
      await volumes.clearClaim(volume);
      await volumes.untilPhase(volume, "Available");
      const claim = await claims.create({ name: "second", class: kept, megabytes, volume });
      const pod = await pods.start({ name: "second", claim });
      return { claim, pod };
    });

    await step("assert", "the second claim has the data of the first", async () => {
      check.equal("The second claim has the volume", (await volumes.of(second.claim)).handle, volume.handle);
      await data.expectBlocks(second.pod, contents);
    });

    const third = await step(
      "act",
      "the object is replaced by one made by hand, which a third claim selects by label",
      async () => {
        await pods.delete(second.pod);
        await claims.remove(second.claim);
        await volumes.untilPhase(volume, "Released");
        const labels = { "case.seaworthy.dev/heirloom": "yes" };
        const byHand = await classes.derive({ name: "by-hand", of: "delayed", byHand: true });
        const adopted = await volumes.adopt({ name: "adopted", of: volume, class: byHand, labels });
        const claim = await claims.create({ name: "third", class: byHand, megabytes, selector: labels });
        await claims.untilBound(claim);
        const pod = await pods.start({ name: "third", claim });
        return { claim, pod, adopted };
      },
      "life/static-dynamic",
    );

    await step(
      "assert",
      "the third claim is bound to the new object and has the data",
      async () => {
        check.equal(
          "The third claim has the object",
          (await volumes.of(third.claim)).name,
          third.adopted.name,
        );
        await data.expectBlocks(third.pod, contents);
      },
      "life/static-dynamic",
    );

    await step(
      "act",
      "with its policy changed to Delete the volume goes with its claim",
      async () => {
        await volumes.setReclaimPolicy(third.adopted, "Delete");
        await pods.delete(third.pod);
        await claims.remove(third.claim);
        await volumes.untilGone(third.adopted);
        check.holds(
          "The back end has given the volume up",
          !(await backEnd.holds(volume.handle)),
          "it is still there",
        );
      },
      "life/reclaim",
    );
  },
);
