/** Something worth knowing of how a registry was joined, and where. */
export interface RegistryNote {
  /** The plugin's file and the member in it, or the place in the configuration. */
  readonly place: string;
  readonly text: string;
}
