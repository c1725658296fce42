import { changedFiles } from "../features/files/changed_files.ts";
import type { State } from "../features/state.ts";
import { oneLine, plainName, sentence } from "../kernel/say.ts";
import { shownBy } from "./commit_message.ts";

/**
 * Writes what a run did as the text of a pull request: Markdown, whose first line is its title.
 *
 * @returns lines with closing line breaks
 */
export function pullRequestOf(state: State): string {
  const { info, ending } = state.run;
  const committed = new Set(state.commits.made.map(({ task }) => task));
  const tasks = state.tasks.list.filter(({ kind, status }) => kind === "work" || status === "done" && kind !== "test");
  const said = tasks.map(({ id, status, description }) => {
    const done = status === "done" ? "" : ` (${plainName(status)})`;
    return `- ${oneLine(description, 300)}${done}${committed.has(id) ? "" : " — no commit"}`;
  });
  const files = changedFiles(state.files.byPath).map(({ path, change }) => `- \`${oneLine(path)}\`: ${change}`);
  const shown = new Set(
    tasks.filter(({ status }) => status === "done").flatMap(({ id }) =>
      shownBy(state, id, Object.keys(state.files.byPath))
    ),
  );
  return [
    oneLine(info?.goal ?? "", 200).replace(/\.$/, ""),
    "",
    "## What was done",
    ...said,
    "",
    "## What shows it",
    ...(shown.size === 0 ? ["- nothing that was executed"] : [...shown].map((line) => `- ${line}`)),
    "",
    "## Files",
    ...files,
    "",
    `${sentence(oneLine(`Run ${info?.id} ended ${plainName(ending?.kind ?? "open")}: ${ending?.cause ?? ""}`, 600))}\n`,
  ].join("\n");
}
