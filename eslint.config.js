// SPDX-License-Identifier: Apache-2.0
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import { importX } from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

/** What each folder of src may not import: imports go one way (docs/concepts.md). */
const forbidden = {
  support: ["catalogue", "report", "kube", "cluster", "driver", "integrity", "harness", "cli"],
  catalogue: ["report", "kube", "cluster", "driver", "integrity", "harness", "cli"],
  report: ["kube", "cluster", "driver", "integrity", "harness", "cli"],
  kube: ["catalogue", "report", "cluster", "driver", "integrity", "harness", "cli"],
  cluster: ["catalogue", "report", "driver", "integrity", "harness", "cli"],
  integrity: ["catalogue", "report", "kube", "cluster", "driver", "harness", "cli"],
  driver: ["report", "harness", "cli"],
  harness: ["cli"],
};

const zones = Object.entries(forbidden).flatMap(([folder, others]) =>
  others.map((other) => ({
    target: `./src/${folder}`,
    from: `./src/${other}`,
    message: `src/${folder} must not know src/${other}`,
  })),
);

/** One importer for each outside package, so that an upgrade touches one file. */
const importers = {
  execa: "src/support/exec.ts",
  "p-retry": "src/support/retry.ts",
  "@kubernetes/client-node": "src/kube/client.ts",
  listr2: "src/cli/progress.ts",
  "@sigstore/core": "src/report/attest/envelope.ts",
  "@sigstore/verify": "src/report/attest/judge-bundle.ts",
  "@sigstore/protobuf-specs": "src/report/attest/judge-bundle.ts",
  "@sigstore/sign": "src/cli/sign-keyless.ts",
  "@sigstore/tuf": "src/cli/public-trusted-root.ts",
  esbuild: "src/driver/bundle-program.ts",
};

export default tseslint.config(
  { ignores: ["**/dist/**", "reports/runs/**", "node_modules/**", "images/**"] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: ["eslint.config.js", "bin/*.js"] } },
    },
    plugins: { "import-x": importX },
    settings: { "import-x/resolver-next": [createTypeScriptImportResolver()] },
    rules: {
      "@typescript-eslint/consistent-type-imports": "off",
      "@typescript-eslint/restrict-template-expressions": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true, ignoreVoidOperator: true },
      ],
      "@typescript-eslint/no-meaningless-void-operator": "off",
      // each ?? and ?. counts as a branch
      complexity: ["error", 12],
      "max-lines": ["error", 300],
      "max-params": ["error", 4],
      "no-console": "error",
      "import-x/no-cycle": "error",
      "import-x/no-restricted-paths": ["error", { zones }],
      "no-restricted-imports": [
        "error",
        {
          paths: Object.keys(importers).map((name) => ({
            name,
            message: `only ${importers[name]} imports ${name}`,
            allowTypeImports: true,
          })),
        },
      ],
    },
  },
  ...Object.entries(importers).map(([, file]) => ({
    files: [file],
    rules: { "no-restricted-imports": "off" },
  })),
  {
    files: ["suites/**/*.case.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [{ regex: "^(?!#kit/case$)", message: "a case imports #kit/case only" }] },
      ],
      "max-lines": ["error", 120],
    },
  },
  {
    files: ["suites/**/suite.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [{ regex: "^(?!#kit/harness$)", message: "a suite imports #kit/harness only" }] },
      ],
    },
  },
  { files: ["**/*.test.ts"], rules: { "max-params": "off" } },
  { files: ["reference-driver/**", "scripts/**", "test/**"], rules: { "no-restricted-imports": "off" } },
  { files: ["**/*.js"], ...tseslint.configs.disableTypeChecked },
);
