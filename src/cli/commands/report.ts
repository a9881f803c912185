// SPDX-License-Identifier: Apache-2.0
import { Command } from "commander";
import { compareCommand } from "./report-compare.ts";
import { mergeCommand } from "./report-merge.ts";
import { renderCommand } from "./report-render.ts";
import { signCommand } from "./report-sign.ts";
import { verifyCommand } from "./report-verify.ts";

export function reportCommand(): Command {
  const report = new Command("report").description(
    "Work with reports that were written: no cluster is needed.",
  );
  for (const make of [verifyCommand, signCommand, renderCommand, mergeCommand, compareCommand])
    report.addCommand(make().exitOverride());
  return report;
}
