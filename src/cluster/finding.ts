// SPDX-License-Identifier: Apache-2.0

/** One line of `seaworthy doctor`. */
export interface Finding {
  readonly subject: string;
  /** ok: as it should be; adapts: the kit copes, see `plan`; lacks: a cluster cannot be brought up. */
  readonly state: "ok" | "adapts" | "lacks";
  readonly seen: string;
  /** What the kit will do about it, or what the user can. */
  readonly plan?: string;
}

export function ok(subject: string, seen: string): Finding {
  return { subject, state: "ok", seen };
}

export function adapts(subject: string, seen: string, plan: string): Finding {
  return { subject, state: "adapts", seen, plan };
}

export function lacks(subject: string, seen: string, plan: string): Finding {
  return { subject, state: "lacks", seen, plan };
}
