// SPDX-License-Identifier: Apache-2.0
import { Command } from "commander";
import { profileCheckCommand } from "./profile-check.ts";
import { profileImportCommand } from "./profile-import.ts";
import { profileInitCommand } from "./profile-init.ts";

export function profileCommand(): Command {
  const command = new Command("profile").description("Write and check profiles of drivers.");
  for (const make of [profileCheckCommand, profileInitCommand, profileImportCommand])
    command.addCommand(make().exitOverride());
  return command;
}
