// SPDX-License-Identifier: Apache-2.0
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { execa } from "execa";
import { cacheFolder } from "./cache-folder.ts";

const PROGRAM = "github.com/kubernetes-csi/csi-test/v5/cmd/csi-sanity";
const moduleFolder = path.join(import.meta.dirname, "../../images/go/csi-sanity");

/** Builds csi-sanity and gives its path. */
export async function buildSanity(): Promise<string> {
  const program = path.join(cacheFolder(), "csi-sanity-v5.6.0");
  await mkdir(cacheFolder(), { recursive: true });
  // Static, so that it starts wherever it is copied to.
  const env = { CGO_ENABLED: "0" };
  await execa("go", ["build", "-o", program, PROGRAM], { cwd: moduleFolder, stdio: "inherit", env });
  return program;
}
