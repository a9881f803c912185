// SPDX-License-Identifier: Apache-2.0
import { defineCase } from "#kit/case";

const owner = "ledger";
const note = { name: "note", synced: "synced", unsynced: "memory" };
const last = { name: "last", text: "synced just before" };
const contents = { owner: "after", generation: 1, megabytes: 2 };

export default defineCase(
  {
    title:
      "A file system shut down in mid-write without its log being flushed, as by a power cut, has every synced record when it is mounted anew",
    covers: ["fault/power-loss"],
    features: ["dynamic-provisioning", "delayed-binding"],
    needs: { nodes: 1, zones: 1, fileSystemShutdown: true },
    cost: { typicalSeconds: 25, limitSeconds: 600, volumes: 1, megabytes: 64 },
  },
  async ({ step, check, claims, pods, data, files, logs, fileSystems }) => {
    const { claim, writer, log } = await step(
      "arrange",
      "a program writes record after record, each synced, and says outside of the volume how far it is",
      async () => {
        const claim = await claims.create({ name: "disk", class: "delayed" });
        const writer = await pods.start({ name: "writer", claim });
        await files.write(writer, note.name, note.synced);
        const log = await logs.start(writer, owner);
        await log.until(200);
        return { claim, writer, log };
      },
    );

    const end = await step(
      "arrange",
      "a power cut is simulated: bytes are written and not synced, and the file system is shut down on its node",
      async () => {
        await files.overwrite(writer, note.name, note.unsynced);
        // Where the log's records lie can be on the disk by now; a new name stands in the file system's own log alone.
        await files.write(writer, last.name, last.text);
        await fileSystems.shutDown(writer, claim);
        return log.untilRefused();
      },
    );

    const reader = await step(
      "act",
      "the pod is removed, and the next one has the volume mounted anew",
      async () => {
        await pods.delete(writer);
        await fileSystems.untilUnmounted(writer, claim);
        return pods.start({ name: "reader", claim });
      },
    );

    await step("assert", "every record that was acknowledged is there, whole and in order", () =>
      logs.expect([reader], owner, end),
    );

    await step("assert", "a file that was made and synced just before is there", async () => {
      const names = await files.names(reader);
      check.holds(`There is a file ${last.name}`, names.includes(last.name), names.join(", "));
      check.equal("It holds what was synced", await files.read(reader, last.name), last.text);
    });

    await step(
      "assert",
      "what was not synced is there or not, and nothing else is in its place",
      async () => {
        check.isOneOf(
          "The note is whole, as it was synced or as it was written last",
          await files.read(reader, note.name),
          [note.synced, note.unsynced],
        );
      },
    );

    await step("assert", "the file system can be written", async () => {
      await data.writeBlocks(reader, contents);
      await data.expectBlocks(reader, contents);
    });
  },
);
