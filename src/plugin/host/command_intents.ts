import { z } from "zod";
import type { CommandIntent } from "../view.ts";

const text = z.string();

/** What a command of a plugin may wish, as it crosses from its process. */
export const CommandIntents: z.ZodType<readonly CommandIntent[]> = z.array(z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("say"), to: text, text }),
  z.object({ kind: z.literal("pause") }),
  z.object({ kind: z.literal("unpause") }),
  z.object({ kind: z.literal("release"), message: text }),
  z.object({ kind: z.literal("edit"), message: text, text }),
  z.object({ kind: z.literal("redirect"), message: text, to: text }),
  z.object({ kind: z.literal("drop"), message: text }),
  z.object({ kind: z.literal("interrupt"), role: text }),
  z.object({ kind: z.literal("park"), task: text }),
]));
