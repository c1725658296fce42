/** What a look at copies of the project found. */
export interface WorkspaceProof {
  /** Whether checks say in a copy what they say in the project, and look at what stands in the copy. */
  readonly holds: boolean;
  /** Why not, in a sentence; empty where it holds. */
  readonly why: string;
  /** Whether commands need the network for that. */
  readonly network: boolean;
}

/** Where attempts work. */
export interface WorkspacesSlice {
  /** The sandbox around commands in copies of the project; null where everything is done in the project itself. */
  readonly offered: { readonly tier: string; readonly why: string | null; readonly network: boolean } | null;
  /** null while nobody looked. */
  readonly proof: WorkspaceProof | null;
  /** Whether dependencies changed since: what is installed may lead checks to something else than the copy. */
  readonly isOld: boolean;
}
