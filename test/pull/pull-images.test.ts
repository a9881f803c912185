// SPDX-License-Identifier: Apache-2.0
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { stringify } from "yaml";
import { ensureCrane } from "../../src/cluster/images/crane.ts";
import { ensureImages, type Images } from "../../src/cluster/images/ensure-images.ts";
import { planImages } from "../../src/cluster/images/image-plan.ts";
import { parsePin } from "../../src/cluster/images/pins.ts";
import { readImageRecipe } from "../../src/cluster/images/recipe.ts";
import { cacheHome } from "../../src/support/paths.ts";
import { type Dishonesty, startDishonestRegistry } from "./dishonest-registry.ts";
import { type LocalRegistry, startLocalRegistry } from "./local-registry.ts";
import { packNodeStandIn, packProgram, shareArtefacts } from "./stand-ins.ts";

let folder = "";
let registry: LocalRegistry;
/** Pinned references of the stand-in for kind's node image, a sidecar, and a small image that cannot be a node. */
const pins = { node: "", sidecar: "", small: "" };
let said: string[] = [];
/** Only here is pulling the default; the images are not run. */
const host = { cgroupVersion: 2 } as const;
const say = (part: string, doing: string): void => void said.push(`${part}: ${doing}`);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "seaworthy-pull-"));
  vi.stubEnv("SEAWORTHY_IMAGES", "build");
  const built = await ensureImages(say, host);
  const recipe = await readImageRecipe();
  const crane = await ensureCrane(recipe, () => undefined);
  const sidecar = await findProgram("csi-provisioner");
  const artefacts = join(cacheHome(), "artefacts");
  for (const cache of ["pulling", "spoiled"]) await shareArtefacts(artefacts, join(folder, cache));
  registry = await startLocalRegistry(crane.program, join(folder, "registry"));
  pins.sidecar = await registry.push(
    await packProgram(sidecar, folder, "csi-provisioner"),
    "sig-storage/csi-provisioner:v6.3.0",
  );
  pins.small = await registry.push(await packProgram(built.kind, folder, "kind"), "kindest/small:v1.36.3");
  const standIn = await packNodeStandIn(built.node.archive, folder);
  pins.node = await registry.push(standIn, "kindest/node:v1.36.3");
  await rm(standIn);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await registry.stop();
  await rm(folder, { recursive: true });
});

beforeEach(() => {
  said = [];
});

test("A pulled node image is the pinned one with what the kit adds, and the pinned sidecar is in it by digest", async () => {
  await use("pulling", "pull", { node: pins.node, images: { "csi-provisioner": pins.sidecar } });
  const { node, kubernetes } = await ensureImages(say, host);
  expect(node).toMatchObject({ variant: "pulled", kubernetes: "v1.36.3" });
  expect(kubernetes).toBe("v1.36.3");
  const files = await listFiles(node.archive);
  expect(files).toContain("./usr/sbin/mkfs.xfs");
  expect(files).toContain("./usr/local/lib/seaworthy/pod-network.sh");
  expect(files).toContain("./etc/systemd/system/multi-user.target.wants/seaworthy-network.service");
  const store = "./var/lib/containerd/io.containerd.content.v1.content/blobs/sha256";
  expect(files).toContain(`${store}/${parsePin(pins.sidecar).sha256}`);
  expect(files.filter((file) => /kept-aside|99-host|pod-images|setup\.sh/.test(file))).toEqual([]);
});

test("What was pulled is used again without asking any registry, and never where building was asked for", async () => {
  const silent = await dishonest("say nothing");
  const images = { "csi-provisioner": at(silent.address, pins.sidecar) };
  for (const source of ["pull", "auto"]) {
    await use("pulling", source, { node: at(silent.address, pins.node), images });
    const started = Date.now();
    expect((await ensureImages(say, host)).node).toMatchObject({
      variant: "pulled",
      artefact: { built: false },
    });
    expect(Date.now() - started).toBeLessThan(4000);
  }
  expect(silent.requests()).toBe(0);
  await use("pulling", "build", { node: pins.node, images });
  expect(await planImages(await readImageRecipe(), "build", say)).toEqual({ variant: "built" });
});

test("A digest the registry does not know is refused", async () => {
  const unknown = `${pins.node.split("@")[0] ?? ""}@sha256:${"0".repeat(64)}`;
  await use("spoiled", "pull", { node: unknown });
  await expect(ensureImages(say, host)).rejects.toMatchObject({
    code: "REGISTRY_SILENT",
    message: expect.stringContaining("MANIFEST_UNKNOWN") as string,
  });
});

test.for<Dishonesty>(["change a layer", "change the manifest"])(
  "A registry that does this is refused, also where building would do: %s",
  async (dishonesty) => {
    const { address } = await dishonest(dishonesty);
    for (const source of ["pull", "auto"]) {
      await use("spoiled", source, { node: at(address, pins.small) });
      await expect(ensureImages(say, host)).rejects.toMatchObject({
        code: "IMAGE_DIGEST_MISMATCH",
        message: expect.stringContaining("the registry sent something else") as string,
      });
    }
    const names = await readdir(join(cacheHome(), "artefacts"));
    expect(names.filter((name) => /^(pulled|node)-image/.test(name))).toEqual([]);
    expect(await readdir(join(cacheHome(), "unfinished"))).toEqual([]);
  },
);

test("A registry that takes the connection and says nothing costs three seconds", async () => {
  const { address } = await dishonest("say nothing");
  await use("spoiled", "auto", { node: at(address, pins.small) });
  const started = Date.now();
  expect(await planImages(await readImageRecipe(), "auto", say)).toEqual({ variant: "built" });
  expect(Date.now() - started).toBeLessThan(6000);
  expect(said.at(-1)).toContain("no answer within 3 s");
});

test("A pull that fails half-way falls back to building and says so; with no registry at all nothing more is asked", async () => {
  const broken = await startDishonestRegistry(registry.address, "lose the layers");
  await use("spoiled", "auto", { node: at(broken.address, pins.small) });
  const { node } = await ensureImages(say, host);
  await broken.stop();
  expect(node.variant).toBe("built");
  expect(said.some((line) => line.startsWith("images: cannot use pulled ones, building them instead"))).toBe(
    true,
  );
  said = [];
  const started = Date.now();
  expect((await ensureImages(say, host)).node).toMatchObject({
    variant: "built",
    artefact: { built: false },
  });
  expect(Date.now() - started).toBeLessThan(4000);
  expect(said).toEqual([]);
});

test("Where only pulling is allowed, a registry that is not there is an error with a hint", async () => {
  const gone = await startDishonestRegistry(registry.address, "say nothing");
  await gone.stop();
  await use("spoiled", "pull", { node: at(gone.address, pins.small) });
  await expect(ensureImages(say, host)).rejects.toMatchObject({
    code: "REGISTRY_SILENT",
    message: expect.stringContaining("ECONNREFUSED") as string,
    hint: expect.stringContaining("SEAWORTHY_IMAGES=auto") as string,
  });
});

async function use(
  cache: string,
  source: string,
  wanted: { node: string; images?: Record<string, string> },
): Promise<void> {
  const file = join(folder, "pins.yaml");
  await writeFile(file, stringify({ apiVersion: "seaworthy.dev/v1", kind: "ImagePins", ...wanted }));
  vi.stubEnv("XDG_CACHE_HOME", join(folder, cache));
  vi.stubEnv("SEAWORTHY_IMAGES", source);
  vi.stubEnv("SEAWORTHY_PINS", file);
}

async function dishonest(dishonesty: Dishonesty): ReturnType<typeof startDishonestRegistry> {
  const started = await startDishonestRegistry(registry.address, dishonesty);
  onTestFinished(() => started.stop());
  return started;
}

/** The same image behind another address. */
function at(address: string, reference: string): string {
  return `${address}${reference.slice(reference.indexOf("/"))}`;
}

async function findProgram(name: string): Promise<string> {
  const artefacts = join(cacheHome(), "artefacts");
  const { stdout } = await execa("find", [artefacts, "-name", name, "-type", "f", "-perm", "/111"]);
  return stdout.split("\n")[0] ?? "";
}

async function listFiles(archive: Images["node"]["archive"]): Promise<string[]> {
  const { stdout: manifest } = await execa("tar", [
    "--extract",
    "--to-stdout",
    "--file",
    archive,
    "manifest.json",
  ]);
  const layer = (JSON.parse(manifest) as { Layers: string[] }[])[0]?.Layers[0] ?? "";
  const extract = execa("tar", ["--extract", "--to-stdout", "--file", archive, layer], { buffer: false });
  const { stdout } = await extract.pipe("tar", ["--list"]);
  return stdout.split("\n");
}
