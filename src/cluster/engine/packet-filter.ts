// SPDX-License-Identifier: Apache-2.0
import { readFile, writeFile } from "node:fs/promises";
import { exec } from "../../support/exec.ts";

/** What dockerd is about to change in the host's packet filter, as it was before. */
export interface PacketFilterBefore {
  /** Policy of the FORWARD chain: dockerd sets it to DROP. */
  readonly forwardPolicy: string;
  /** net.ipv4.ip_forward, "0" or "1". */
  readonly ipForward: string;
  /** `table chain` of Docker chains that were there already and are not ours to remove. */
  readonly chains: string[];
}

const forwardSwitch = "/proc/sys/net/ipv4/ip_forward";

export async function readPacketFilter(): Promise<PacketFilterBefore> {
  const rules = await savedRules();
  return {
    forwardPolicy:
      /^:FORWARD (\w+)/m.exec(
        rules
          .filter(({ table }) => table === "filter")
          .map(({ line }) => line)
          .join("\n"),
      )?.[1] ?? "ACCEPT",
    ipForward: (await readFile(forwardSwitch, "utf8")).trim(),
    chains: dockerChains(rules),
  };
}

/** Takes out every Docker chain that was not there before, and every rule that jumps to one. */
export async function restorePacketFilter(before: PacketFilterBefore): Promise<void> {
  const rules = await savedRules();
  const ours = dockerChains(rules).filter((chain) => !before.chains.includes(chain));
  for (const { table, line } of rules) {
    const target = / -j (\S+)/.exec(line)?.[1] ?? "";
    if (line.startsWith("-A ") && ours.includes(`${table} ${target}`))
      await iptables(table, ["-D", ...splitRule(line.slice(3))]);
  }
  for (const chain of ours) await iptables(...chainCommand(chain, "-F"));
  for (const chain of ours) await iptables(...chainCommand(chain, "-X"));
  if (before.chains.length === 0) await iptables("filter", ["-P", "FORWARD", before.forwardPolicy]);
  await writeFile(forwardSwitch, before.ipForward);
}

interface SavedRule {
  readonly table: string;
  readonly line: string;
}

async function savedRules(): Promise<SavedRule[]> {
  const { stdout } = await exec(["iptables-save"]);
  let table = "";
  return stdout.split("\n").flatMap((line) => {
    if (line.startsWith("*")) table = line.slice(1);
    return /^[:-]/.test(line) ? [{ table, line }] : [];
  });
}

function dockerChains(rules: readonly SavedRule[]): string[] {
  return rules.flatMap(({ table, line }) => {
    const chain = /^:(DOCKER\S*)/.exec(line)?.[1];
    return chain === undefined ? [] : [`${table} ${chain}`];
  });
}

function chainCommand(tableAndChain: string, command: string): [string, string[]] {
  const [table = "", chain = ""] = tableAndChain.split(" ");
  return [table, [command, chain]];
}

/** iptables-save quotes only comments, and Docker's rules have none with spaces. */
function splitRule(rule: string): string[] {
  return rule.split(" ").map((word) => word.replaceAll('"', ""));
}

async function iptables(table: string, args: readonly string[]): Promise<void> {
  await exec(["iptables", "--wait", "--table", table, ...args]);
}
