// SPDX-License-Identifier: Apache-2.0
import { copyFile, mkdir } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { Command } from "commander";
import { readHostFacts } from "../../cluster/host.ts";
import { ensureBaseLayers } from "../../cluster/images/debian-base.ts";
import { readImageRecipe } from "../../cluster/images/recipe.ts";
import { withScratchFolder } from "../../cluster/scratch-folder.ts";
import { buildWholeDriver, buildWholeProbe } from "../../driver/driver-images.ts";
import { buildKitImage } from "../../driver/kit-image.ts";
import { readDriverProfile } from "../../driver/profile.ts";
import { KitError } from "../../support/errors.ts";
import { cacheHome } from "../../support/paths.ts";
import { resolveProfile } from "../resolve-profile.ts";

const examples = `
Examples:
  seaworthy image --out probe.tar    then push it with a tool of yours, and name it with certify --probe-image
  seaworthy image --kit --out kit.tar    the whole kit, for certify --in-cluster --kit-image
  seaworthy image --driver zonal --name zonal.example.com/driver:1.0.0 --out image.tar   a driver of this repository, to be installed like any other`;

interface ImageOptions {
  readonly out: string;
  readonly kit?: boolean;
  readonly driver?: string;
  readonly name?: string;
}

export function imageCommand(): Command {
  return new Command("image")
    .description(
      "Write the image that certify needs in a cluster that is not the kit's: an archive in OCI layout, which `docker load` reads too.",
    )
    .requiredOption("--out <file>", "where the archive goes")
    .option("--kit", "the kit's whole image, its probe included: for certify --in-cluster")
    .option("--driver <profile>", "the image of a driver that the kit builds, instead of the probe")
    .option("--name <image>", "name and tag of that driver's image (default: a hash of its files is the tag)")
    .addHelpText("after", examples)
    .action(async ({ out, kit, driver, name }: ImageOptions) => {
      const profile =
        driver === undefined ? undefined : await readDriverProfile(await resolveProfile(driver));
      if (!(await readHostFacts()).root)
        throw new KitError("ROOT_NEEDED", "building the image's Debian layer needs root", { kind: "host" });
      const base = await ensureBaseLayers(await readImageRecipe(), (doing) =>
        process.stderr.write(`  ${doing}\n`),
      );
      await mkdir(dirname(resolve(out)), { recursive: true });
      await mkdir(cacheHome(), { recursive: true });
      // on the file system of the layers, which are linked
      const build = async (folder: string): Promise<void> => {
        const image = await (profile !== undefined
          ? buildWholeDriver(profile, base, { folder, name })
          : kit === true
            ? buildKitImage(base, folder, true)
            : buildWholeProbe(base, folder));
        await copyFile(image.archive, out);
        process.stdout.write(`${image.name} is in ${out}\n`);
      };
      await withScratchFolder("image", build, cacheHome());
    });
}
