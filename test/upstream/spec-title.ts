// SPDX-License-Identifier: Apache-2.0

/** What tells one of upstream's storage tests from another: pattern and sentence, without driver and labels. */
export function specTitle(name: string): string {
  const pattern = /\[Testpattern: ([^\]]+)\] (.*)$/.exec(name);
  if (pattern === null) return name;
  const [, of = "", sentence = ""] = pattern;
  return `${of}: ${sentence.replaceAll(/\s*\[[^\]]*\]/g, "").trim()}`;
}
