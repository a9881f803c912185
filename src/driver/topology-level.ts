// SPDX-License-Identifier: Apache-2.0

/** How wide a domain of a topology key probably is, by the words in it; a guess for a person to check. */
export function levelOf(key: string): "hostname" | "rack" | "zone" | "region" {
  const name = key.slice(key.lastIndexOf("/") + 1).toLowerCase();
  if (name.includes("region")) return "region";
  if (name.includes("rack")) return "rack";
  if (/host|node|instance/.test(name)) return "hostname";
  return "zone";
}
