import type { Tier } from "../work/sandbox/tier.ts";
import type { ConfigFile } from "./config_schema.ts";
import type { Setting } from "./setting.ts";

/** What encloses commands and checks; `write` holds absolute paths. */
export interface SandboxSettings {
  readonly tier: Setting<"auto" | Tier>;
  readonly network: Setting<boolean>;
  readonly write: Setting<readonly string[]>;
  /** Whether attempts work in copies of the project. */
  readonly copies: Setting<boolean>;
}

/** Finds the value of a field of the sandbox in the files that hold. */
type Find = <Value>(
  field: string,
  get: (values: ConfigFile) => Value | undefined,
) => Setting<Value> | undefined;

/**
 * Reads what encloses commands.
 *
 * @param home folder that `~/` means
 * @param find finds the value of a field
 */
export function sandboxSettings(home: string, find: Find): SandboxSettings {
  const or = <Value>(found: Setting<Value> | undefined, value: Value): Setting<Value> =>
    found ?? { value, origin: "default" };
  const write = (values: ConfigFile) => values.sandbox?.write?.map((path) => path.replace(/^~(?=\/)/, home));
  return {
    tier: or(find<"auto" | Tier>("tier", (values) => values.sandbox?.tier), "auto"),
    network: or(find("network", (values) => values.sandbox?.network), false),
    write: or(find<readonly string[]>("write", write), []),
    copies: or(find("copies", (values) => values.sandbox?.copies), true),
  };
}
