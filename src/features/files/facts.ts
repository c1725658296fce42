import * as z from "zod";
import { WriteFact } from "../../effects/write_fact.ts";

/** Id of the copy of the project in which it happened; absent where it happened in the project itself. */
const Workspace = z.string().optional();

/** Schemas of the facts, by type. */
export const fileFacts = {
  write_opened: z.object({ key: z.string(), write: WriteFact, workspace: Workspace }),
  write_closed: z.object({ key: z.string(), write: WriteFact, done: z.boolean(), workspace: Workspace }),
  /** A command is about to run; the blob names the project's files before it, so that its changes are known also after a crash. */
  command_opened: z.object({
    key: z.string(),
    command: z.array(z.string()),
    snapshot: z.string(),
    /** Files that stand otherwise while it runs: with this content, or not at all. */
    arranged: z.array(z.object({ path: z.string(), hash: z.string().nullable() })).optional(),
    workspace: Workspace,
  }),
  command_closed: z.object({
    key: z.string(),
    writes: z.array(WriteFact),
    /** Files it changed whose content before is not kept. */
    excepted: z.array(z.string()),
    workspace: Workspace,
  }),
  /** When the run went on, files that it had written did not stand as it had left them. */
  files_moved: z.object({ paths: z.array(z.string()) }),
};
