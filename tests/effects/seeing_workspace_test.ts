import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { seeingWorkspace } from "../../src/effects/tool/seeing_workspace.ts";
import { FileChanged } from "../../src/ports/tool.ts";
import { atTurn, NEW, OLD } from "./turn_at_work.ts";

Deno.test("a call that writes a file twice means what it wrote itself, however it writes the path, and no more than that", () =>
  atTurn(async (work) => {
    const { root, workspace, state, blobs } = work;
    symlinkSync("a.ts", `${root}/src/alias.ts`);
    const [turn] = Object.values(state.turns.open);
    for (const path of ["src/a.ts", "./src//a.ts", `${root}/src/a.ts`, "src/alias.ts"]) {
      const seeing = seeingWorkspace(workspace, turn!, { path }, blobs);
      await seeing.workspace.write(path, NEW);
      await seeing.workspace.write("src/a.ts", `${NEW}\n`);
      await seeing.workspace.write(path, NEW);
      work.save();
      await assert.rejects(seeing.workspace.write(path, OLD), FileChanged, path);
      await workspace.write("src/a.ts", OLD);
    }
  }));
