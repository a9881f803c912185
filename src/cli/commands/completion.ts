// SPDX-License-Identifier: Apache-2.0
import { Argument, Command } from "commander";
import { completionScript, shells, type Shell } from "../completion.ts";

const examples = `
Examples:
  seaworthy completion bash > /etc/bash_completion.d/seaworthy
  seaworthy completion zsh > ~/.zfunc/_seaworthy
  seaworthy completion fish > ~/.config/fish/completions/seaworthy.fish`;

export function completionCommand(): Command {
  return new Command("completion")
    .description("Print a script that completes commands and options in a shell.")
    .addArgument(new Argument("<shell>", "which shell").choices(shells))
    .addHelpText("after", examples)
    .action((shell: Shell, _options: unknown, command: Command) => {
      process.stdout.write(completionScript(command.parent ?? command, shell));
    });
}
