// SPDX-License-Identifier: Apache-2.0
import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { BaseLayers } from "../../src/cluster/images/debian-base.ts";
import { OciLayout, writeLayer } from "../../src/cluster/images/oci-layout.ts";
import type { RunningCluster } from "../../src/cluster/provider.ts";
import { withScratchFolder } from "../../src/cluster/scratch-folder.ts";
import { loadImage } from "../../src/driver/driver-images.ts";

/** The images upstream's storage tests ask for: test/utils/image/manifest.go of Kubernetes v1.36.3. */
const names = [
  "registry.k8s.io/e2e-test-images/agnhost:2.63.0",
  "registry.k8s.io/e2e-test-images/busybox:1.37.0-1",
  "registry.k8s.io/e2e-test-images/glibc-dns-testing:2.0.0",
] as const;

/** Puts one image under all these names on every node: their pods need a shell, the usual tools and agnhost; Debian has the rest. */
export async function loadUpstreamImage(
  cluster: RunningCluster,
  base: BaseLayers,
  agnhost: string,
): Promise<void> {
  await withScratchFolder("images", async (folder) => {
    const tree = join(folder, "tree");
    await mkdir(tree);
    await copyFile(agnhost, join(tree, "agnhost"));
    const layerFile = join(folder, "layer");
    const layer = await writeLayer(tree, layerFile);
    const layout = await OciLayout.create(join(folder, "layout"));
    await layout.addLayer(layerFile, layer);
    // the base's layers are on the nodes already
    await layout.addImage({
      names,
      layers: [base.debian, layer],
      config: {
        Entrypoint: ["/agnhost"],
        Env: ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],
      },
    });
    const archive = join(folder, "upstream.tar");
    await layout.pack(archive);
    // all names come with one
    await loadImage(cluster, { name: names[0], archive });
  });
}
