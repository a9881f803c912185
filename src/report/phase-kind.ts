// SPDX-License-Identifier: Apache-2.0

/** What a phase is called over cases: `claim disk: created → bound` without the name of one case's object. */
export function phaseKind(name: string): string {
  return name.replace(/^([\w-]+) [^\s:]+: /, "$1: ");
}
