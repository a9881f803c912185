// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const megabytes = 32;
const user = 12_345;
const [firstGroup, secondGroup] = [54_321, 54_322];

export default defineCase(
  {
    title:
      "A volume belongs to the group its pod names, changes hands with the next group, and a subPath shows one folder of it",
    covers: ["life/fsgroup"],
    features: ["dynamic-provisioning", "delayed-binding"],
    needs: { nodes: 1, zones: 1 },
    cost: { typicalSeconds: 25, limitSeconds: 300, volumes: 1, megabytes },
  },
  async ({ step, check, claims, pods, files }) => {
    const claim = await step("arrange", "there is a claim", () =>
      claims.create({ name: "shared", class: "delayed", megabytes }),
    );
    const first = await step("act", "a pod of an ordinary user names a group", () =>
      pods.start({ name: "first", claim, manner: { user, fsGroup: firstGroup } }),
    );
    await step("assert", "the volume belongs to the group, which can write", async () => {
      const { group, mode } = await files.ownership(first);
      check.equal("The volume belongs to the group", group, firstGroup);
      check.holds("What is made in it belongs to the group, too (setgid)", /^[2367]\d{3}$/.test(mode), mode);
      await files.write(first, "note", "from the first pod");
      check.equal(
        "A new file belongs to the group",
        (await files.ownership(first, "note")).group,
        firstGroup,
      );
    });
    await step("act", "the next pod names another group, with policy OnRootMismatch", async () => {
      await pods.delete(first);
      const manner = { user, fsGroup: secondGroup, fsGroupChangePolicy: "OnRootMismatch" } as const;
      const second = await pods.start({ name: "second", claim, manner });
      check.equal("The volume belongs to the new group", (await files.ownership(second)).group, secondGroup);
      check.equal("So does what is in it", (await files.ownership(second, "note")).group, secondGroup);
      check.equal("The file is as it was", await files.read(second, "note"), "from the first pod");
      await pods.delete(second);
    });
    await step("assert", "a pod with a subPath sees that folder alone", async () => {
      const third = await pods.start({
        name: "third",
        claim,
        manner: { subPath: "inner", fsGroup: secondGroup },
      });
      check.sameSet("The folder is empty", await files.names(third), []);
      await files.write(third, "inside", "here");
      await pods.delete(third);
      const fourth = await pods.start({ name: "fourth", claim });
      check.sameSet("The volume has the folder beside the file", await files.names(fourth), [
        "inner",
        "note",
      ]);
      check.equal("What was written is in the folder", await files.read(fourth, "inner/inside"), "here");
    });
  },
);
