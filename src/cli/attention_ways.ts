import type { AttentionSettings } from "../tui/screen.tsx";
import type { ConfigFile } from "./config_schema.ts";
import type { Setting } from "./setting.ts";

/** In which ways the person is called who looks elsewhere. */
export type AttentionWays = { readonly [way in keyof AttentionSettings]: Setting<boolean> };

/** Finds the value of a field in the files that hold. */
type Find = (
  field: string,
  get: (values: ConfigFile) => boolean | undefined,
) => Setting<boolean> | undefined;

/**
 * Reads in which ways the person is called: in each that is not turned off.
 *
 * @param find finds the value of a field
 */
export function attentionWays(find: Find): AttentionWays {
  const way = (name: keyof AttentionSettings): Setting<boolean> =>
    find(name, ({ attention }) => attention?.[name]) ?? { value: true, origin: "default" };
  return { bell: way("bell"), notify: way("notify"), title: way("title") };
}

/** The same without the places. */
export function attentionOf({ bell, notify, title }: AttentionWays): AttentionSettings {
  return { bell: bell.value, notify: notify.value, title: title.value };
}
