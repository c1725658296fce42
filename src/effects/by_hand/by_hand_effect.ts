import * as z from "zod";

/** What a command is about. */
const Aim = {
  /** `task.number` of the attempt that is taken over; null where something is taken back. */
  attempt: z.string().nullable(),
  /** Whose work is taken back, by task and role, null for every one; null where work is taken over. */
  takes: z.object({ task: z.string().nullable(), role: z.string().nullable() }).nullable(),
};

/** A person's own command changes the project: work of an attempt is taken over, or work of a task or role is taken back. */
export const ByHandEffect = z.object({ kind: z.literal("by_hand"), key: z.string(), ...Aim });

/** A person's own command changes the project. */
export type ByHandEffect = z.infer<typeof ByHandEffect>;

/** What a person's command did. */
export const DoneByHand = z.object({
  kind: z.literal("by_hand"),
  ...Aim,
  /** Files that it wrote or removed. */
  written: z.array(z.string()),
  left: z.array(z.object({ path: z.string(), reason: z.string() })),
});

/** What a person's command did. */
export type DoneByHand = z.infer<typeof DoneByHand>;
