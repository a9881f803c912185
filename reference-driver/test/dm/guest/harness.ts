// SPDX-License-Identifier: Apache-2.0
// What the pool tests use of vitest, without vitest's processes.
import { format } from "node:util";
export { expect } from "vitest";

type Body = () => unknown;

interface Test {
  readonly name: string;
  readonly body: Body;
}

/** One `describe` and what was declared in it. */
export interface Suite {
  readonly name: string;
  readonly skipped: boolean;
  readonly tests: Test[];
  readonly beforeAll: Body[];
  readonly beforeEach: Body[];
  readonly afterEach: Body[];
  readonly afterAll: Body[];
}

/** All suites, in the order they were declared. */
export const suites: Suite[] = [];

export const describe = {
  skipIf:
    (condition: boolean) =>
    (name: string, declare: () => void): void => {
      const suite = { beforeAll: [], beforeEach: [], afterEach: [], afterAll: [], tests: [] };
      suites.push({ name, skipped: condition, ...suite });
      declare();
    },
};

const declareTest = (name: string, body: Body): void => void current().tests.push({ name, body });

/** `each` puts a row's values in the place of `%s` and the like, as vitest does. */
export const it = Object.assign(declareTest, {
  each:
    <Row extends readonly unknown[]>(rows: readonly Row[]) =>
    (name: string, body: (...row: Row) => unknown): void => {
      const places = name.match(/%[sdifjo]/g)?.length ?? 0;
      for (const row of rows) declareTest(format(name, ...row.slice(0, places)), () => body(...row));
    },
});
export const beforeAll = (body: Body): void => void current().beforeAll.push(body);
export const beforeEach = (body: Body): void => void current().beforeEach.push(body);
export const afterEach = (body: Body): void => void current().afterEach.push(body);
export const afterAll = (body: Body): void => void current().afterAll.push(body);

function current(): Suite {
  const suite = suites.at(-1);
  if (suite === undefined) throw new Error("declared outside describe");
  return suite;
}
