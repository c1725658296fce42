/** What specialists are told of skills, and by which tool they read one. */
export interface Skills {
  readonly tool: string;
  /** Each with what it is for, in order. */
  readonly list: readonly { readonly name: string; readonly description: string }[];
}
