import { oneLine } from "../../kernel/say.ts";
import { pick } from "../../kernel/told.ts";
import type { TellOf } from "../known.ts";
import type { fileFacts } from "./facts.ts";

/** How writes and commands are told. */
export const filesTold: TellOf<keyof typeof fileFacts> = {
  write_opened: { json: ({ key, write }) => ({ key, path: write.path }) },
  write_closed: {
    json: ({ key, write, done }) => ({ key, ...pick(write, "path", "before", "after"), done }),
    lines: ({ write, done }) => done ? [`${write.after === null ? "deleted" : "wrote"} ${oneLine(write.path)}`] : [],
  },
  command_opened: {
    json: ["key", "command"],
    // What the checks say is told when they are over.
    lines: ({ command }) => command.join(" ") === "checks" ? [] : [`runs ${oneLine(command.join(" "))}`],
  },
  command_closed: {
    json: ({ key, writes, excepted }) => ({ key, files: writes.map(({ path }) => path), excepted }),
  },
  files_moved: {
    json: ["paths"],
    lines: ({ paths }) => [`not as the run left them, so the checks say it anew: ${oneLine(paths.join(", "), 300)}`],
  },
};
