// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import { link, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { exec } from "../../support/exec.ts";
import { hashFile } from "./hash-inputs.ts";

/** A blob of an OCI image layout. Source: OCI image-spec, descriptor.md. */
export interface Blob {
  /** Hexadecimal SHA-256 of the bytes; for an uncompressed layer this is its diff id too. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

/** How containers of an image start. Source: OCI image-spec, config.md. */
interface ImageConfig {
  readonly Entrypoint?: readonly string[];
  readonly Env?: readonly string[];
  readonly StopSignal?: string;
}

/** An image to put into a layout. */
export interface ImageToWrite {
  readonly names: readonly string[];
  readonly layers: readonly Blob[];
  readonly config: ImageConfig;
}

const layerType = "application/vnd.oci.image.layer.v1.tar";
const manifestType = "application/vnd.oci.image.manifest.v1+json";
const configType = "application/vnd.oci.image.config.v1+json";
const imageTypes = [manifestType, "application/vnd.docker.distribution.manifest.v2+json"];

/** Makes an uncompressed layer of all files below a folder; the same files give the same digest. */
export async function writeLayer(tree: string, file: string): Promise<Blob> {
  await exec([
    "tar",
    "--create",
    "--file",
    file,
    "--sort=name",
    "--mtime=@0",
    "--numeric-owner",
    "--one-file-system",
    "-C",
    tree,
    ".",
  ]);
  return hashFile(file);
}

/** An OCI image layout in a folder, also readable by `docker load`. Sources: OCI image-spec image-layout.md; Docker image spec v1.2. */
export class OciLayout {
  readonly folder: string;
  private readonly index: object[] = [];
  private readonly dockerManifest: object[] = [];

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async create(folder: string): Promise<OciLayout> {
    await mkdir(join(folder, "blobs", "sha256"), { recursive: true });
    return new OciLayout(folder);
  }

  /** Takes over a layer file: moved in, or linked when it must stay where it is. */
  async addLayer(file: string, layer: Pick<Blob, "sha256">, keep = false): Promise<void> {
    const target = this.blobPath(layer.sha256);
    if (await stat(target).catch(() => undefined)) return;
    await (keep ? link(file, target) : rename(file, target));
  }

  /** Writes config and manifest and returns the config's digest, which is the image id. */
  async addImage(image: ImageToWrite): Promise<string> {
    const config = await this.addJson({
      architecture: process.arch === "x64" ? "amd64" : process.arch,
      os: "linux",
      config: image.config,
      rootfs: { type: "layers", diff_ids: image.layers.map((layer) => `sha256:${layer.sha256}`) },
    });
    const manifest = await this.addJson({
      schemaVersion: 2,
      mediaType: manifestType,
      config: descriptor(configType, config),
      layers: image.layers.map((layer) => descriptor(layerType, layer)),
    });
    for (const name of image.names) {
      this.index.push({
        ...descriptor(manifestType, manifest),
        annotations: { "io.containerd.image.name": name },
      });
    }
    this.dockerManifest.push({
      Config: `blobs/sha256/${config.sha256}`,
      RepoTags: image.names,
      Layers: image.layers.map((layer) => `blobs/sha256/${layer.sha256}`),
    });
    return `sha256:${config.sha256}`;
  }

  /**
   * Takes over the one image of another layout, byte for byte, under new names.
   * @throws Error when that layout holds anything but one image
   */
  async addLayout(folder: string, names: readonly string[]): Promise<void> {
    const text = await readFile(join(folder, "index.json"), "utf8");
    const { manifests } = JSON.parse(text) as {
      manifests: { mediaType: string; digest: string; size: number }[];
    };
    const [only, ...others] = manifests;
    if (only === undefined || others.length > 0 || !imageTypes.includes(only.mediaType))
      throw new Error(`${folder}: expected the layout of one image, found ${text}`);
    for (const sha256 of await readdir(join(folder, "blobs", "sha256")))
      await this.addLayer(join(folder, "blobs", "sha256", sha256), { sha256 }, true);
    const { mediaType, digest, size } = only;
    for (const name of names)
      this.index.push({ mediaType, digest, size, annotations: { "io.containerd.image.name": name } });
  }

  /** Writes the index and packs everything into one file. Layers that were never added are left out: the reader must have them. */
  async pack(archive: string): Promise<void> {
    await writeFile(join(this.folder, "oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" }));
    await writeFile(
      join(this.folder, "index.json"),
      JSON.stringify({ schemaVersion: 2, manifests: this.index }),
    );
    await writeFile(join(this.folder, "manifest.json"), JSON.stringify(this.dockerManifest));
    await exec([
      "tar",
      "--create",
      "--file",
      archive,
      "-C",
      this.folder,
      "oci-layout",
      "index.json",
      "manifest.json",
      "blobs",
    ]);
    await rm(this.folder, { recursive: true });
  }

  private async addJson(value: object): Promise<Blob> {
    const text = JSON.stringify(value);
    const sha256 = createHash("sha256").update(text).digest("hex");
    await writeFile(this.blobPath(sha256), text);
    return { sha256, size: Buffer.byteLength(text) };
  }

  private blobPath(sha256: string): string {
    return join(this.folder, "blobs", "sha256", sha256);
  }
}

function descriptor(mediaType: string, blob: Blob): object {
  return { mediaType, digest: `sha256:${blob.sha256}`, size: blob.size };
}
