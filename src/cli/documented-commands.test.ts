// SPDX-License-Identifier: Apache-2.0
import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Command, CommanderError } from "commander";
import { expect, test } from "vitest";
import { packageRoot } from "../support/paths.ts";
import { toError } from "../support/errors.ts";
import { Interrupts } from "./interrupts.ts";
import { buildProgram } from "./program.ts";

const pages = [
  ...["README.md", "CONTRIBUTING.md", "fixtures/rbac/certify.yaml"],
  ...(await Array.fromAsync(glob("docs/*.md", { cwd: packageRoot }))),
  ...(await Array.fromAsync(glob(".github/{workflows,actions}/**/*.yml", { cwd: packageRoot }))),
].sort();

const { scripts } = JSON.parse(await readFile(join(packageRoot, "package.json"), "utf8")) as {
  scripts: Readonly<Record<string, string>>;
};
const driver = JSON.parse(await readFile(join(packageRoot, "reference-driver/package.json"), "utf8")) as {
  scripts: Readonly<Record<string, string>>;
};

/** A command line, and whether it is shown to be typed or only spoken of. */
interface Shown {
  readonly line: string;
  readonly typed: boolean;
}

/** Command lines of a page: lines of its code blocks and of workflow steps, and what stands between backticks. */
function commandLines(text: string): Shown[] {
  const blocks = [...text.matchAll(/^```[a-z]*\n(.*?)^```/gms)].map(([, block = ""]) => block);
  const fenced = blocks.flatMap((block) => block.replaceAll(/\\\n\s*/g, " ").split("\n"));
  const steps = [...text.matchAll(/^\s+(?:- )?(?:run: )?((?:sudo|npm|npx|node) .+)$/gm)].map(
    ([, line = ""]) => line,
  );
  const spans = [...text.matchAll(/`([^`\n]+)`/g)].map(([, span = ""]) => span);
  const parts = (lines: readonly string[], typed: boolean): Shown[] =>
    lines.flatMap((line) => line.split(/&&|\||;/)).map((line) => ({ line: line.trim(), typed }));
  return [...parts([...fenced, ...steps], true), ...parts(spans, false)];
}

/** How the program is started other than by an npm script. */
const starts: readonly (readonly string[])[] = [
  ["seaworthy"],
  ["npx", "seaworthy"],
  ["node", "bin/seaworthy.js"],
];

/** The words after `seaworthy`, whichever way it is started; undefined for other programs. */
function seaworthyWords(line: string): string[] | undefined {
  const plain = line
    .replaceAll(/\$\{\{.*?\}\}/g, "expression")
    .replaceAll(/"\$\{\w+\[@\]\}"/g, "")
    .replace(/ (#|>>?|2>) .*$/, "");
  const all = [...plain.matchAll(/"[^"]*"|'[^']*'|\S+/g)].map(([word]) => word);
  const begin = all.findIndex((word) => /^(npm|npx|node|seaworthy)$/.test(word));
  const words = begin === 0 || all[0] === "sudo" ? all.slice(begin) : [];
  const start = starts.find((one) => one.every((word, index) => words[index] === word));
  return start === undefined ? scriptWords(words) : words.slice(start.length);
}

/** What an npm script that starts the program makes of `npm run <script> -- <words>`. */
function scriptWords(words: readonly string[]): string[] | undefined {
  const [npm, run, name = ""] = words;
  const own = /^node bin\/seaworthy\.js ?(.*)$/.exec(scripts[name] ?? "")?.[1];
  if (npm !== "npm" || run !== "run" || own === undefined) return undefined;
  const after = words.indexOf("--");
  return [...own.split(" ").filter(Boolean), ...(after < 0 ? [] : words.slice(after + 1))];
}

/** The command line as it is defined, with nothing behind it. */
async function idleProgram(): Promise<Command> {
  const program = await buildProgram(new Interrupts());
  const quiet = (command: Command): void => {
    command.exitOverride().configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
    if (command.commands.length === 0) command.action(() => undefined);
    for (const one of command.commands) quiet(one);
  };
  quiet(program);
  return program;
}

/** What is lacking when a command is only named in a sentence. */
const incomplete: readonly string[] = [
  "commander.missingArgument",
  "commander.optionMissingArgument",
  "commander.missingMandatoryOptionValue",
  "commander.help",
];

async function problemWith(words: readonly string[], typed: boolean): Promise<string | undefined> {
  if (words.length === 1 && /^[<[…]/.test(words[0] ?? "")) return undefined;
  try {
    await (await idleProgram()).parseAsync(words, { from: "user" });
    return undefined;
  } catch (thrown) {
    const code = thrown instanceof CommanderError ? thrown.code : "";
    const isHelp = thrown instanceof CommanderError && thrown.exitCode === 0;
    return isHelp || (!typed && incomplete.includes(code)) ? undefined : toError(thrown).message;
  }
}

test.each(pages)("%s: every seaworthy command line is one that the program takes", async (page) => {
  const problems: string[] = [];
  for (const { line, typed } of commandLines(await readFile(join(packageRoot, page), "utf8"))) {
    const words = seaworthyWords(line);
    const problem = words && (await problemWith(words, typed));
    if (problem !== undefined) problems.push(`${line}: ${problem}`);
  }
  expect(problems).toEqual([]);
});

test.each(pages)("%s: every npm script it names exists", async (page) => {
  const lines = commandLines(await readFile(join(packageRoot, page), "utf8"));
  const unknown = lines.flatMap(({ line }) => {
    const [, name = "", rest = ""] = /^npm run (?:--silent )?([\w:-]+)(.*)$/.exec(line) ?? [];
    const known = rest.includes("--workspace reference-driver") ? driver.scripts : scripts;
    return name === "" || name in known ? [] : [line];
  });
  expect(unknown).toEqual([]);
});

test("a command line that the program does not take is found", async () => {
  expect(await problemWith(["certify", "--drivr", "x"], true)).toContain("unknown option");
  expect(await problemWith(["profile", "chekc", "x"], true)).toContain("unknown command");
  expect(await problemWith(["profile", "init"], true)).toContain("--driver-name");
  expect(seaworthyWords("npm run certify -- --case a --keep")).toEqual([
    "certify",
    "--yes",
    "--case",
    "a",
    "--keep",
  ]);
  expect(seaworthyWords("seaworthy list --json # ids")).toEqual(["list", "--json"]);
  expect(seaworthyWords("kubectl get pods")).toBeUndefined();
});
