import * as z from "zod";
import type { CommandIntent } from "./view.ts";

const text = z.string();
/** Wishes of one command. */
const MOST = 100;

/** What a command of a plugin may wish: a plugin's code need not keep what its types say. */
export const CommandIntents: z.ZodType<readonly CommandIntent[]> = z.array(z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("say"), to: text, text }),
  z.strictObject({ kind: z.literal("pause") }),
  z.strictObject({ kind: z.literal("unpause") }),
  z.strictObject({ kind: z.literal("release"), message: text }),
  z.strictObject({ kind: z.literal("edit"), message: text, text }),
  z.strictObject({ kind: z.literal("redirect"), message: text, to: text }),
  z.strictObject({ kind: z.literal("duplicate"), message: text, to: text }),
  z.strictObject({ kind: z.literal("drop"), message: text }),
  z.strictObject({ kind: z.literal("take_back"), message: text }),
  z.strictObject({ kind: z.literal("interrupt"), role: text }),
  z.strictObject({ kind: z.literal("park"), task: text }),
  z.strictObject({ kind: z.literal("rollback"), plugin: text }),
])).max(MOST);
