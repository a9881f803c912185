// SPDX-License-Identifier: Apache-2.0

/** A StorageClass of the profile, named by when it binds. */
export type BindingMode = "delayed" | "immediate";

/** `spec.volumeMode` of a claim: a mounted file system, or the device itself. */
export type VolumeMode = "Filesystem" | "Block";
