// SPDX-License-Identifier: Apache-2.0
import { fail } from "../src/composition/process.ts";
import { runDriver } from "../src/composition/run-driver.ts";
import { goodServices } from "../src/composition/services.ts";
import { log } from "../src/support/log.ts";
import { MUTANTS } from "./mutant-list.ts";
import { makeSwitchable } from "./switchable-services.ts";
import { serveSwitch } from "./switch-server.ts";

const [option, value, ...rest] = process.argv.slice(2);
if (option === "--switch-port") {
  const { services, switchTo } = makeSwitchable(goodServices);
  await runDriver(services, rest);
  await serveSwitch(Number(value), switchTo).catch(fail);
} else {
  const mutant = option === "--mutant" ? MUTANTS.find(({ slug }) => slug === value) : undefined;
  if (mutant === undefined) {
    const slugs = MUTANTS.map(({ slug }) => slug).join(", ");
    fail(new Error(`--switch-port PORT or --mutant SLUG is expected first, SLUG one of ${slugs}`));
  }
  log({ event: "mutant", slug: mutant.slug, title: mutant.title });
  await runDriver(mutant.wrap(goodServices), rest);
}
