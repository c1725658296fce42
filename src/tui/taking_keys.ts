import {
  type Binding,
  type ChangedFile,
  type Copyable,
  focusedPanel,
  type Overlay,
  type Panel,
  type Scene,
} from "./panel.ts";
import { rowText } from "./matches.ts";
import { type Option, type Pressed, told } from "./ui.ts";
import { named } from "./keymap.ts";

/** Cells of a row when all rows of what stands over the panels are copied. */
const WIDTH = 120;

/** What has the keys: what stands over the panels, else the focused panel. */
function keysOf(scene: Scene): Overlay | Panel | undefined {
  return scene.over ?? focusedPanel(scene);
}

/** Copies what was found, else what is selected; where several things may be meant, the person chooses. */
function copy(scene: Scene): Pressed {
  const { ui, found } = scene;
  if (found !== null) return { ui, deed: { kind: "copy", name: "what was found", text: found } };
  const overlay = scene.over;
  const own = keysOf(scene)?.copies?.(scene) ?? [];
  const all = overlay === null ? own : own.length > 0 ? own : [wholeOf(overlay, scene)];
  const options = all.map(({ name, text }): Option => ({
    ...{ name, says: linesWord(text) },
    deed: { kind: "copy", name, text },
  }));
  const seen: Option = { name: "what is seen", says: "", deed: { kind: "copy_seen" } };
  const [only] = options;
  if (options.length === 0) return { ui, deed: seen.deed };
  // What stands over the panels is copied whole, whatever is focused below it.
  const isPlain = overlay !== null || focusedPanel(scene)?.role === undefined;
  if (options.length === 1 && isPlain) return { ui, deed: only!.deed };
  return { ui: { ...ui, choice: { title: "Copy what?", of: "text", key: "y", options: [...options, seen], at: 0 } } };
}

function linesWord(text: string): string {
  const lines = text.trimEnd().split("\n").length;
  return lines === 1 ? "1 line" : `${lines} lines`;
}

function wholeOf(overlay: Overlay, scene: Scene): Copyable {
  const rows = overlay.lines(scene, WIDTH).map((line) => rowText(line).trimEnd());
  return { name: overlay.name ?? overlay.title(scene), text: rows.join("\n") };
}

/** Opens the file that is meant; where a try changed several, the person chooses. */
function open(scene: Scene): Pressed {
  const { ui, state } = scene;
  const project = state.run.info?.project;
  const files = keysOf(scene)?.files?.(scene) ?? [];
  if (files.length === 0 || project === undefined) {
    return told(
      ui,
      "No changed file here: a thread with a try has some, and {panel.changes}, the changes.",
    );
  }
  const deedOf = ({ path, line }: ChangedFile) => ({ kind: "open" as const, project, path, line });
  if (files.length === 1) return { ui, deed: deedOf(files[0]!) };
  const options = files.map((file): Option => ({ name: file.path, says: `line ${file.line}`, deed: deedOf(file) }));
  return { ui: { ...ui, choice: { title: "Open which file?", of: "file", key: "o", options, at: 0 } } };
}

const BINDINGS = {
  copy: {
    keys: ["y"],
    help: ["y", "copy what is selected or found; in a thread: of a list"],
    hints: () => [{ keys: "y", does: "copy" }],
    press: copy,
  },
  open: {
    keys: ["o"],
    help: ["o", "open the changed file at its line in $VISUAL, $EDITOR"],
    // What a thread's tries changed is looked up at the press alone.
    hints: (scene) =>
      keysOf(scene)?.files === undefined || scene.over === null && focusedPanel(scene)?.role !== undefined
        ? []
        : [{ keys: "o", does: "editor" }],
    press: open,
  },
} satisfies Record<string, Binding>;

/** Keys that take what is seen elsewhere: into the clipboard, into the editor. */
export const TAKING_KEYS = named("pane", BINDINGS);
