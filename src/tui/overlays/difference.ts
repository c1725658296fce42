import { linesOf, sayLines } from "../../tell/changed_part.ts";
import { counted } from "../../kernel/text.ts";
import { type Line, span } from "../line.ts";
import type { Overlay, Scene } from "../panel.ts";
import {
  copiesOfChanges,
  filesOfChanges,
  PART_KEYS,
  REDO,
  selectedChanges,
  selectedFile,
  selectedPart,
  UNCHANGED,
  UNDO,
} from "../panels/changes.ts";
import { differenceLines } from "../select/file_difference.ts";
import { oneLine } from "../text.ts";

/** What a part of the run's work made of the files, line by line: the selected file first, the others below it. */
export const difference: Overlay = {
  id: "difference",
  title: (scene) => `difference: ${oneLine(selectedPart(scene).says)}`,
  lines(scene: Scene, width): readonly Line[] {
    const files = selectedChanges(scene);
    if (files.length === 0) return [[span(UNCHANGED, "dim")]];
    const at = Math.max(0, files.findIndex(({ path }) => path === selectedFile(scene)));
    const lines = sayLines({ ...linesOf(files), isBinary: false });
    return [
      [span(`${counted(files.length, "file")}, ${lines}`, "dim")],
      [],
      ...differenceLines([...files.slice(at), ...files.slice(0, at)], width, scene.look),
    ];
  },
  copies: copiesOfChanges,
  files: filesOfChanges,
  bindings: [PART_KEYS, UNDO, REDO],
  closes: "Esc",
};
