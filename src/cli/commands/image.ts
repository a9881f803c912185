// SPDX-License-Identifier: Apache-2.0
import { copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Command } from "commander";
import { readHostFacts } from "../../cluster/host.ts";
import { ensureBaseLayers } from "../../cluster/images/debian-base.ts";
import { readImageRecipe } from "../../cluster/images/recipe.ts";
import { buildWholeProbe } from "../../driver/driver-images.ts";
import { KitError } from "../../support/errors.ts";
import { cacheHome } from "../../support/paths.ts";

const examples = `
Examples:
  seaworthy image --out probe.tar    then push it with a tool of yours, and name it with certify --probe-image`;

export function imageCommand(): Command {
  return new Command("image")
    .description(
      "Write the image that certify needs in a cluster that is not the kit's: an archive in OCI layout, which `docker load` reads too.",
    )
    .requiredOption("--out <file>", "where the archive goes")
    .addHelpText("after", examples)
    .action(async ({ out }: { out: string }) => {
      if (!(await readHostFacts()).root)
        throw new KitError("ROOT_NEEDED", "building the image's Debian layer needs root", { kind: "host" });
      const base = await ensureBaseLayers(await readImageRecipe(), (doing) =>
        process.stderr.write(`  ${doing}\n`),
      );
      await mkdir(dirname(resolve(out)), { recursive: true });
      await mkdir(cacheHome(), { recursive: true });
      // on the file system of the layers, which are linked
      const folder = await mkdtemp(join(cacheHome(), "image-"));
      try {
        const image = await buildWholeProbe(base, folder);
        await copyFile(image.archive, out);
        process.stdout.write(`${image.name} is in ${out}\n`);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    });
}
