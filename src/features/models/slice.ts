import type { Ratios } from "../../prompt/prompt.ts";

/** What was found of a model on one host. */
export interface OnHost {
  /** Whether its template shows it the tools that it is sent. */
  readonly audit?: {
    readonly finding: string;
    readonly reason: string;
    readonly digest: string;
    readonly version: string;
  };
  /** Whether a reply of it came with thinking. */
  readonly thinks?: boolean;
  /** Whether one did that was wanted without: it takes a no for nothing. */
  readonly thinksUnasked?: boolean;
  /** What is doubtful about its prompts and counts; `holds`: tokens of a prompt, null where that is not less than its window. */
  readonly doubt?: { readonly finding: "cut" | "refused" | "miscounted"; readonly holds: number | null };
}

/** What was found of a model. */
export interface ModelRecord {
  /** Counted tokens per estimated token, by what was estimated: its tokenizer is the same everywhere. */
  readonly ratios: Ratios;
  /** By name of the host. */
  readonly hosts: Readonly<Record<string, OnHost>>;
}

/** What was found of models, by their names. */
export type ModelsSlice = Readonly<Record<string, ModelRecord>>;
