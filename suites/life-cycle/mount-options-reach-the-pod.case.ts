// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const megabytes = 32;

export default defineCase(
  {
    title: "A volume is mounted with the file system and the mount options of its class",
    covers: ["life/static-dynamic"],
    features: ["dynamic-provisioning", "delayed-binding"],
    needs: { nodes: 1, zones: 1 },
    cost: { typicalSeconds: 15, limitSeconds: 300, volumes: 1, megabytes },
  },
  async ({ step, check, classes, claims, pods, files }) => {
    const pod = await step("arrange", "a pod uses a volume of a class with mount options", async () => {
      const strict = await classes.derive({
        name: "strict",
        of: "delayed",
        fsType: "ext4",
        mountOptions: ["noatime", "sync"],
      });
      return pods.start({
        name: "pod",
        claim: await claims.create({ name: "disk", class: strict, megabytes }),
      });
    });
    await step("assert", "the pod sees an ext4 mount with noatime and sync", async () => {
      const mount = await files.mount(pod);
      check.equal("The file system is the one the class names", mount.fileSystem, "ext4");
      check.includes("The first mount option is in force", mount.options, "noatime");
      check.includes("The second mount option is in force", mount.options, "sync");
    });
  },
);
