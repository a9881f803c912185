// SPDX-License-Identifier: Apache-2.0
import { expect, test } from "vitest";
import { sampleMeta, sampleMutant, sampleRequirement } from "./catalogue.test-data.ts";
import { writeCoveragePage } from "./coverage-page.ts";

test("a requirement is followed by its words, cases and mutants; what nothing covers or breaks is named", () => {
  const page = writeCoveragePage({
    cases: [
      { id: "snapshot/restores", meta: sampleMeta({ covers: ["snap/point-in-time", "snap/size"] }) },
      { id: "snapshot/chains", meta: sampleMeta({ covers: ["snap/size"] }) },
    ],
    requirements: [
      sampleRequirement("snap/point-in-time"),
      sampleRequirement("snap/size"),
      { ...sampleRequirement("fault/power-loss"), areaTitle: "Faults" },
    ],
    mutants: [sampleMutant()],
  });
  expect(page.slice(page.indexOf("| area"))).toMatchInlineSnapshot(`
    "| area | requirements | covered | proven by a mutant | cases | mutants |
    | --- | --: | --: | --: | --: | --: |
    | Snapshot | 2 | 2 | 1 | 2 | 1 |
    | Faults | 1 | 0 | 0 | 0 | 0 |
    | **all** | 3 | 2 | 1 | 2 | 1 |

    A case or a mutant that stands for requirements of two areas is counted in both, once in the last line.

    ## Gaps

    No case covers:

    - \`fault/power-loss\`: Title of fault/power-loss

    Covered, but no mutant breaks:

    - \`snap/size\`: Title of snap/size

    ## Snapshot

    ### Title of snap/point-in-time

    \`snap/point-in-time\`: Text of snap/point-in-time.

    - [snapshot/restores](../suites/snapshot/restores.case.ts)
      - \`restores-nothing\`: A restore is empty

    ### Title of snap/size

    \`snap/size\`: Text of snap/size.

    - [snapshot/chains](../suites/snapshot/chains.case.ts)
    - [snapshot/restores](../suites/snapshot/restores.case.ts)

    ## Faults

    ### Title of fault/power-loss

    \`fault/power-loss\`: Text of fault/power-loss.

    **No case yet.**
    "
  `);
});

test("without gaps the page says so", () => {
  const page = writeCoveragePage({
    cases: [{ id: "snapshot/restores", meta: sampleMeta() }],
    requirements: [sampleRequirement("snap/point-in-time")],
    mutants: [sampleMutant()],
  });
  expect(page).toContain("Every requirement is covered by a case.");
  expect(page).toContain("Every requirement that is covered is broken by a mutant");
});
