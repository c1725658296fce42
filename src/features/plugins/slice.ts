/** A plugin that does not come with Autonomy, as the run uses it. */
export interface PluginInUse {
  readonly plugin: string;
  /** Absolute path of its module. */
  readonly path: string;
  /** Short hash of the version in use. */
  readonly version: string;
  /** Number of the version in use. */
  readonly number: number;
  /** Highest number that a version of it had in this run. */
  readonly last: number;
  /** Number of the version that can be had back; null for none. */
  readonly before: number | null;
  /** Whether its file is gone, and it is not used any more. */
  readonly isRetired: boolean;
}

/** What keeps a saved version from being in use. */
export interface PluginTrouble {
  readonly kind: "refused" | "waits" | "doubted";
  readonly place: string;
  readonly text: string;
}

/** Something that the person should see of what the run took up, or did not. */
export interface PluginNews {
  /** Number of the fact. */
  readonly seq: number;
  /** Time of the fact, ms. */
  readonly at: number;
  readonly text: string;
  /** Whether something is wrong. */
  readonly isFault: boolean;
}

/** Plugins of a run that do not come with Autonomy. */
export interface PluginsSlice {
  /** By their names. */
  readonly byName: Readonly<Record<string, PluginInUse>>;
  /** By path of the module: what was told last, until a version is in use without it. */
  readonly troubles: Readonly<Record<string, PluginTrouble>>;
  /** What became of plugins and of the configuration last, oldest first. */
  readonly news: readonly PluginNews[];
}
