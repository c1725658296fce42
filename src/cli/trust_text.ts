import { oneLine } from "../kernel/say.ts";
import { counted } from "../kernel/text.ts";
import type { Standing } from "./trust.ts";

/** Most files that are named in a sentence; `autonomy trust` names all. */
const MOST_NAMED = 12;

/**
 * Names what is not as it was trusted.
 *
 * @param standing how the trust stands
 * @returns such as `new .autonomy/plugins/a.ts, changed .autonomy/config.jsonc`; empty where nothing is
 */
export function changesText({ changes }: Standing): string {
  const named = changes.slice(0, MOST_NAMED).map(({ path, change }) => `${change} ${oneLine(path)}`);
  const more = changes.length - named.length;
  return [...named, ...(more > 0 ? [`and ${counted(more, "file")} more`] : [])].join(", ");
}

/**
 * Says what of a project that is not trusted waits for a yes, and why it is asked for.
 *
 * @param standing how the trust stands
 * @returns sentences; empty for a project that was never trusted and has nothing of its own
 */
export function waitsText(standing: Standing): string {
  const files = changesText(standing);
  const look = "`autonomy trust` shows them in full.";
  switch (standing.state) {
    case "trusted":
      return "";
    case "never":
      return files === ""
        ? ""
        : `The project has files that tell the crew what to do, which are not used yet: ${files}. ${look}`;
    case "changed":
      return `Since the project was trusted, files that tell the crew what to do are not the same any more, and are not used: ${files}. ${look}`;
    case "by_path":
      return "An earlier version noted the trust in this project by its path alone; now it goes by the content of .autonomy/ and .agents/, " +
        `so it is asked once more${files === "" ? "." : `: ${files}. ${look}`}`;
  }
}
