// SPDX-License-Identifier: Apache-2.0

/** Id of a case: its path under `suites/` without `.case.ts`. @throws Error for a file elsewhere */
export function caseIdOf(path: string): string {
  const match = /(?:^|\/)suites\/(.+)\.case\.ts$/.exec(path);
  if (match?.[1] === undefined) throw new Error(`${path}: a case lives under suites/ and ends in .case.ts`);
  return match[1];
}
