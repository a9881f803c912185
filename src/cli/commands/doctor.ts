// SPDX-License-Identifier: Apache-2.0
import { Command } from "commander";
import { diagnose } from "../../cluster/diagnose.ts";
import type { Finding } from "../../cluster/finding.ts";
import { exitCodes } from "../exit-codes.ts";

const marks = { ok: "ok  ", adapts: "adapts", lacks: "LACKS" } as const;

const examples = `
Examples:
  seaworthy doctor           what is there, what is lacking, and what the kit will do about it
  seaworthy doctor --json    the same for programs`;

export function doctorCommand(): Command {
  return new Command("doctor")
    .description("Say what this machine can and cannot do, and what the kit will do about each.")
    .option("--json", "print the findings as JSON")
    .addHelpText("after", examples)
    .action(async (options: { json?: boolean }) => {
      const findings = await diagnose();
      process.stdout.write(
        options.json === true ? `${JSON.stringify(findings, undefined, 2)}\n` : render(findings),
      );
      if (findings.some((finding) => finding.state === "lacks")) process.exitCode = exitCodes.host;
    });
}

function render(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map((finding) => finding.subject.length));
  const lines = findings.map(({ state, subject, seen, plan }) => {
    const then = plan === undefined ? "" : `\n${" ".repeat(width + 10)}→ ${plan}`;
    return `${marks[state].padEnd(7)} ${subject.padEnd(width)}  ${seen}${then}`;
  });
  const lacking = findings.filter((finding) => finding.state === "lacks").length;
  const verdict =
    lacking === 0
      ? "This machine can run Seaworthy."
      : `This machine cannot run Seaworthy: ${String(lacking)} thing(s) missing.`;
  return `${lines.join("\n")}\n\n${verdict}\n`;
}
