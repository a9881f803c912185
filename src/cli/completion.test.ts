// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { exec } from "../support/exec.ts";
import { completionScript } from "./completion.ts";
import { Interrupts } from "./interrupts.ts";
import { buildProgram } from "./program.ts";

const program = await buildProgram(new Interrupts());

/** What bash itself offers for the last of these words. */
async function complete(...words: string[]): Promise<string[]> {
  const script = `${completionScript(program, "bash")}
COMP_WORDS=(seaworthy "$@"); COMP_CWORD=$#; _seaworthy; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = await exec(["bash", "-c", script, "bash", ...words], { cwd: "/proc/self/ns" });
  return stdout.split("\n").sort();
}

test.each([
  [["cert"], ["certify"]],
  [["report", "ver"], ["verify"]],
  [["certify", "--driver", "x", "--keep", "--clu"], ["--cluster"]],
  [["profile", "init", "--driv"], ["--driver-name"]],
  [
    ["completion", ""],
    ["--help", "bash", "fish", "zsh"],
  ],
])("bash completes %j", async (words, offered) => {
  expect(await complete(...words)).toEqual(offered);
});

test("every shell's script names every command and option", () => {
  const scripts = [completionScript(program, "zsh"), completionScript(program, "fish")];
  for (const command of program.commands) {
    for (const script of scripts) expect(script).toContain(command.name());
    const [zsh, fish] = scripts;
    for (const { long } of command.options) {
      expect(zsh).toContain(long);
      expect(fish).toContain(`-l ${String(long).slice(2)} `);
    }
  }
});

test("every command's help has examples and the exit codes", () => {
  const leaves = program.commands.flatMap((one) => (one.commands.length === 0 ? [one] : [...one.commands]));
  for (const command of leaves) {
    let help = "";
    command.configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
    expect(help, command.name()).toContain(
      `seaworthy ${command.parent === program ? "" : `${command.parent?.name() ?? ""} `}${command.name()}`,
    );
    expect(help, command.name()).toContain("Examples:");
    expect(help, command.name()).toContain("Exit codes: 0 all passed");
  }
});
