import { columns } from "../../tell/columns.ts";
import { jsonLine } from "../../tell/json_line.ts";
import { ACTIONS, keysOfAction, keyWord } from "../../tui/actions.ts";
import { CommandError } from "../command_error.ts";
import type { CliContext } from "../context.ts";
import { EXIT } from "../exit_code.ts";
import { readKeysFile } from "../keys_file.ts";

/** Flags of `keys`. */
export interface KeysFlags {
  readonly json: boolean;
}

/**
 * Prints every action of the screen with its keys and where they come from.
 *
 * @param flags whether lines of JSON are wanted
 * @throws {CommandError} exit code 7 where the person's file is wrong, with each place
 */
export default function keys(this: CliContext, { json }: KeysFlags): void {
  const file = readKeysFile(this.environment);
  if (file !== null && file.faults.length > 0) {
    const mistakes = file.faults.length === 1 ? "a mistake" : `${file.faults.length} mistakes`;
    const head = `keys.jsonc has ${mistakes}, so the usual keys are used until you correct it. ` +
      `To see the names of all actions, rename the file and run \`${this.command} keys\` again.`;
    throw new CommandError(EXIT.config, [head, ...file.faults].join("\n  "));
  }
  const rows = ACTIONS.map((action) => ({
    action: action.name,
    keys: keysOfAction(action, file?.keymap ?? new Map()),
    does: action.says,
    origin: file?.keymap.has(action.name) ? file.placeOf(action.name) : "default",
  }));
  if (json) {
    for (const row of rows) this.stdout.write(jsonLine({ type: "key", ...row }));
    for (const note of file?.notes ?? []) this.stdout.write(jsonLine({ type: "note", text: note }));
    return;
  }
  const written = rows.map(({ action, keys, does, origin }) => [
    action,
    keys.map(keyWord).join(" ") || "none",
    does,
    origin,
  ]);
  this.stdout.write(columns(written));
  for (const note of file?.notes ?? []) this.stdout.write(`\n${note}\n`);
}
