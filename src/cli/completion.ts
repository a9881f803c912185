// SPDX-License-Identifier: Apache-2.0
import type { Command } from "commander";

export const shells = ["bash", "zsh", "fish"] as const;
export type Shell = (typeof shells)[number];

/** What can follow the words of a command: its subcommands, options and choices. */
interface Level {
  /** Words up to here, without the program: `report verify`. */
  readonly path: string;
  readonly words: readonly { readonly word: string; readonly description: string }[];
}

/** A script that completes a command line as it is defined, without starting the program. */
export function completionScript(program: Command, shell: Shell): string {
  const levels = levelsOf(program, "");
  return shell === "fish" ? fish(program.name(), levels) : bash(program.name(), levels, shell);
}

function levelsOf(command: Command, path: string): Level[] {
  const words = [
    ...command.commands.map((one) => ({ word: one.name(), description: one.description() })),
    ...command.registeredArguments.flatMap((argument) =>
      (argument.argChoices ?? []).map((word) => ({ word, description: argument.description })),
    ),
    ...command.options.flatMap(({ long, description }) =>
      long === undefined ? [] : [{ word: long, description }],
    ),
    { word: "--help", description: "help for this command" },
  ];
  const below = command.commands.flatMap((one) =>
    levelsOf(one, path === "" ? one.name() : `${path} ${one.name()}`),
  );
  return [{ path, words }, ...below];
}

/** zsh reads bash's own completion functions. */
function bash(name: string, levels: readonly Level[], shell: "bash" | "zsh"): string {
  const cases = levels.map(
    ({ path, words }) => `    ${quote(path)}) words=${quote(words.map(({ word }) => word).join(" "))} ;;`,
  );
  const head = shell === "zsh" ? `#compdef ${name}\nautoload -U +X bashcompinit && bashcompinit\n` : "";
  return `${head}_${name}() {
  local current=\${COMP_WORDS[COMP_CWORD]} path= words= index
  for ((index = 1; index < COMP_CWORD; index++)); do
    case "\${path:+$path }\${COMP_WORDS[index]}" in
${levels
  .filter(({ path }) => path !== "")
  .map(({ path }) => `      ${quote(path)}) path=${quote(path)} ;;`)
  .join("\n")}
    esac
  done
  case "$path" in
${cases.join("\n")}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  if [ \${#COMPREPLY[@]} -eq 0 ]; then COMPREPLY=($(compgen -f -- "$current")); fi
}
complete -F _${name} ${name}
`;
}

function fish(name: string, levels: readonly Level[]): string {
  const lines = levels.flatMap(({ path, words }) => {
    const condition =
      path === "" ? "__fish_use_subcommand" : `__fish_seen_subcommand_from ${path.split(" ").at(-1) ?? ""}`;
    return words.map(({ word, description }) => {
      const what = word.startsWith("--") ? `-l ${word.slice(2)}` : `-a ${word}`;
      return `complete -c ${name} -n ${quote(condition)} ${what} -d ${quote(description.split(/[.;:]/)[0] ?? "")}`;
    });
  });
  return `${lines.join("\n")}\n`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
