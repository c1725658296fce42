/** How strongly commands are enclosed, the strongest first. */
export const TIERS = ["bubblewrap", "bubblewrap-shared-network", "sandbox-exec", "none"] as const;

/** How strongly commands are enclosed. */
export type Tier = (typeof TIERS)[number];

/** What a person's programs obey when they look at a project: written by nobody inside, also where it does not exist. */
export const OBEYED: readonly string[] = [".git", ".autonomy", ".agents"];

/** What a command sees and may change. */
export interface Enclosure {
  readonly tier: Tier;
  /** Folder on disk that stands at `project` inside; may be the project itself. */
  readonly place: string;
  /** Absolute real path under which the command sees it. */
  readonly project: string;
  /** Relative paths that are seen inside `project` as they are in the real project, read-only: dependencies, `.git`; mount points exist in `place` already. */
  readonly shared: readonly string[];
  /** Relative paths inside shared ones where tools insist on writing, such as `node_modules/.vite`: empty private folders there. */
  readonly spots: readonly string[];
  /** Folder on disk that is `/tmp` inside. */
  readonly temporary: string;
  readonly network: boolean;
  /** Further absolute paths that may be written. */
  readonly write: readonly string[];
  /** Absolute paths that are empty inside, beside the usual ones: our own configuration and state folders. */
  readonly hidden: readonly string[];
}
