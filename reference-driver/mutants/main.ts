// SPDX-License-Identifier: Apache-2.0
import { fail } from "../src/composition/process.ts";
import { runDriver } from "../src/composition/run-driver.ts";
import { goodServices } from "../src/composition/services.ts";
import { log } from "../src/support/log.ts";
import { MUTANTS } from "./mutant-list.ts";

const [option, slug, ...rest] = process.argv.slice(2);
const mutant = option === "--mutant" ? MUTANTS.find((candidate) => candidate.slug === slug) : undefined;
if (mutant === undefined) {
  fail(
    new Error(
      `--mutant SLUG is expected first, SLUG one of ${MUTANTS.map((known) => known.slug).join(", ")}`,
    ),
  );
}
log({ event: "mutant", slug: mutant.slug, title: mutant.title });
await runDriver(mutant.wrap(goodServices), rest);
