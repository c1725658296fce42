import * as z from "zod";
import type { HostQuestion } from "../../ports/offered_host.ts";
import type { PaneSize } from "../plugin.ts";
import type { EffectView, RunView } from "../view.ts";
import { HostWord } from "./host_words.ts";
import { Manifest } from "./manifest.ts";

/** What of a plugin is asked to act, and with what. */
export type Asked =
  | {
    readonly what: "tool";
    readonly name: string;
    readonly input: unknown;
    /** The project's path; its files and commands are asked for one by one. */
    readonly root: string;
    /** What else its context holds of plain values. */
    readonly context: Readonly<Record<string, unknown>>;
  }
  | { readonly what: "pane"; readonly name: string; readonly view: RunView; readonly size: PaneSize }
  | { readonly what: "command"; readonly name: string; readonly args: string; readonly view: RunView }
  | { readonly what: "host"; readonly name: string; readonly question: HostQuestion }
  | { readonly what: "rules"; readonly view: RunView; readonly effect: EffectView };

/** What a plugin is loaded by. */
export interface LoadOrder {
  readonly do: "load";
  readonly path: string;
  /** Whether its text speaks of languages: loading those takes longer than all else. */
  readonly languages: boolean;
  /** Whether its form is looked at, and what it offers is told; else that is known. */
  readonly looks: boolean;
}

/** What a plugin's process is told. Ids count what is asked of it, and what it asks, apart. */
export type Order =
  | LoadOrder
  | { readonly do: "ask"; readonly id: number; readonly asked: Asked }
  | { readonly do: "cancel"; readonly id: number; readonly reason: string }
  | { readonly do: "answer"; readonly id: number; readonly value?: unknown; readonly error?: PortError }
  | { readonly do: "ping" };

/** Why the workspace did not do what it was asked. */
export interface PortError {
  /** `tool`: the model is told what to do instead; `changed`: somebody saved the file meanwhile. */
  readonly kind: "tool" | "changed" | "other";
  readonly text: string;
  readonly path?: string;
  readonly hash?: string | null;
}

/** Why a plugin did not do what it was asked. */
const CallError = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("tool"), text: z.string() }),
  z.object({ kind: z.literal("denied"), text: z.string() }),
  z.object({ kind: z.literal("other"), text: z.string() }),
  HostWord,
  /** What the workspace said to a request, passed on. */
  z.object({ kind: z.literal("port"), id: z.int(), text: z.string() }),
]);

/** Why a plugin did not do what it was asked. */
export type CallError = z.infer<typeof CallError>;

/** What a plugin's process says: whatever else it says ends it. */
export const Word = z.discriminatedUnion("say", [
  z.object({
    say: z.literal("loaded"),
    /** Null where it was not to be looked at. */
    manifest: Manifest.nullable(),
  }),
  z.object({ say: z.literal("unloaded"), text: z.string() }),
  z.object({ say: z.literal("done"), id: z.int(), value: z.unknown() }),
  z.object({ say: z.literal("failed"), id: z.int(), error: CallError }),
  z.object({
    say: z.literal("port"),
    id: z.int(),
    call: z.int(),
    method: z.string(),
    args: z.array(z.unknown()),
  }),
  /** A request to the workspace is not waited for any more. */
  z.object({ say: z.literal("drop"), id: z.int() }),
  /** A piece of a reply. */
  z.object({ say: z.literal("piece"), call: z.int(), text: z.string().optional(), thinking: z.string().optional() }),
  z.object({ say: z.literal("report"), call: z.int(), line: z.string() }),
  z.object({ say: z.literal("pong") }),
]);

/** What a plugin's process says. */
export type Word = z.infer<typeof Word>;
