// SPDX-License-Identifier: Apache-2.0
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Verification, verifyReport } from "../report/attest/verify.ts";
import { sampleReport } from "../report/report.test-data.ts";
import { exec, type ExecResult } from "../support/exec.ts";
import { packageRoot } from "../support/paths.ts";
import { readReportFolder } from "./report-folder.ts";
import { type SimulatedSigstore, simulateSigstore, workflow } from "./sigstore.test-data.ts";
import { readTrust, type TrustOptions } from "./trust.ts";
import { writeReportFiles } from "./write-report-files.ts";

/** Options by which the workflow of the simulation is expected. */
export const asWorkflow = { certificateIdentity: workflow.sub, certificateOidcIssuer: workflow.iss };

/** A report that the workflow signed, at a simulation of Sigstore by @sigstore/mock: neither the public services nor GitHub are asked. */
export class SignedReport {
  readonly sigstore: SimulatedSigstore;
  readonly folder: string;
  /** Folder of the report. */
  readonly report: string;
  /** File of the trusted root that fits. */
  readonly root: string;
  /** What signing it said. */
  signing: ExecResult = { stdout: "", stderr: "", exitCode: -1 };
  bundle = "";

  private constructor(sigstore: SimulatedSigstore, folder: string) {
    this.sigstore = sigstore;
    this.folder = folder;
    this.report = join(folder, "report");
    this.root = join(folder, "trusted_root.json");
  }

  static async make(): Promise<SignedReport> {
    const one = new SignedReport(
      await simulateSigstore(),
      await mkdtemp(join(tmpdir(), "seaworthy-keyless-")),
    );
    await writeFile(one.root, one.sigstore.trustedRoot());
    await mkdir(one.report);
    await writeReportFiles(sampleReport(), one.report);
    one.signing = await one.run(["report", "sign", one.report], one.github());
    one.bundle = await readFile(one.bundleFile, "utf8");
    return one;
  }

  get bundleFile(): string {
    return join(this.report, "report.sigstore.json");
  }

  /** As it was when it was signed. */
  async restore(): Promise<void> {
    this.sigstore.refuse = false;
    await writeFile(this.bundleFile, this.bundle);
  }

  async remove(): Promise<void> {
    await this.sigstore[Symbol.asyncDispose]();
    await rm(this.folder, { recursive: true });
  }

  async verify(options: TrustOptions): Promise<Verification> {
    const trust = await readTrust({ trustedRoot: this.root, ...options });
    return verifyReport(await readReportFolder(this.report), trust);
  }

  /** What a job of GitHub Actions with `id-token: write` finds in its environment. */
  github(): Record<string, string> {
    return {
      GITHUB_ACTIONS: "true",
      ACTIONS_ID_TOKEN_REQUEST_URL: `${this.sigstore.url}/oidc?api-version=2`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: "request-token",
    };
  }

  /** The command as a user starts it, with the simulation as its Sigstore. */
  run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<ExecResult> {
    const { url } = this.sigstore;
    return exec([process.execPath, join(packageRoot, "bin/seaworthy.js"), ...args], {
      allowFailure: true,
      env: {
        CI: "1",
        ...{ SIGSTORE_FULCIO_URL: url, SIGSTORE_REKOR_URL: url },
        ...{ XDG_CACHE_HOME: join(this.folder, "cache"), XDG_STATE_HOME: join(this.folder, "state") },
        ...{ SIGSTORE_ID_TOKEN: "", ACTIONS_ID_TOKEN_REQUEST_URL: "", GITHUB_ACTIONS: "" },
        ...env,
      },
    });
  }
}
