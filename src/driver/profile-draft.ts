// SPDX-License-Identifier: Apache-2.0
import { Document } from "yaml";
import type { z } from "zod";
import type { driverProfile } from "./profile.ts";

/** A profile as it would be written by hand: defaults left out. */
type ProfileInput = z.input<typeof driverProfile>;

/** A profile the kit wrote from what it found, and what a person still has to look at. */
export interface ProfileDraft {
  readonly profile: ProfileInput;
  /** Whole sentences; they stand at the head of the file. */
  readonly notes: readonly string[];
}

/** The file's text: notes as comments, then the profile. */
export function writeDraft({ profile, notes }: ProfileDraft): string {
  const document = new Document(profile);
  document.commentBefore = notes.map((note) => ` ${note}`).join("\n");
  return document.toString({ lineWidth: 110 });
}

/** A name for metadata.name: what Kubernetes allows and a reader can say. */
export function profileName(text: string): string {
  const name = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9.-]+/g, "-")
    .replaceAll(/^[^a-z0-9]+|[^a-z0-9]+$/g, "")
    .slice(0, 63);
  return name === "" ? "driver" : name;
}
