// SPDX-License-Identifier: Apache-2.0
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { Command } from "commander";
import { importTestDriver } from "../../driver/import-test-driver.ts";
import { writeDraft } from "../../driver/profile-draft.ts";
import { testDriver } from "../../driver/test-driver.ts";
import { readYaml } from "../../support/yaml.ts";
import { parseYamlDocuments } from "../../support/yaml-documents.ts";
import { writeNew } from "../write-new.ts";

const examples = `
Examples:
  seaworthy profile import test/e2e/testdriver.yaml                      print a profile; what could not be carried over stands at its head
  seaworthy profile import test/e2e/testdriver.yaml --out profile.yaml   write it to a new file`;

export function profileImportCommand(): Command {
  return new Command("import")
    .description(
      "Write a profile from a driver definition of Kubernetes' external storage tests (testdriver.yaml).",
    )
    .argument("<testdriver>", "path of the definition; class files are looked for beside it")
    .option("--out <file>", "write to a new file instead of standard output")
    .addHelpText("after", examples)
    .action(async (file: string, options: { out?: string }) => {
      const definition = await readYaml(resolve(file), testDriver);
      const storageClass = await readClass(file, definition.StorageClass.FromFile);
      const snapshotClass = await readClass(file, definition.SnapshotClass.FromFile);
      const draft = importTestDriver(definition, {
        ...(storageClass === undefined ? {} : { storageClass }),
        ...(snapshotClass === undefined ? {} : { snapshotClass }),
      });
      const text = writeDraft(draft);
      if (options.out === undefined) process.stdout.write(text);
      else await writeNew(options.out, text);
      for (const note of draft.notes.slice(1)) process.stderr.write(`${note}\n`);
    });
}

/** Upstream looks for it below its own repository root; beside the definition is where drivers keep it. */
async function readClass(definition: string, file: string): Promise<object | undefined> {
  if (file === "") return undefined;
  const path = resolve(dirname(definition), file);
  const text = await readFile(path, "utf8").catch(() => undefined);
  const [value] = text === undefined ? [] : parseYamlDocuments(text, path);
  return typeof value === "object" && value !== null ? value : undefined;
}
