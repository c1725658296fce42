import assert from "node:assert/strict";
import { TrialOver, TrialWorkspace } from "../../src/effects/preview/trial_workspace.ts";
import { ToolError } from "../../src/ports/tool.ts";
import { contentHash } from "../../src/work/content_hash.ts";
import { withWorkspace } from "../fakes/plain_workspace.ts";

Deno.test("a tool that is tried finds what it wrote, made and deleted before, and the project stays as it is", () =>
  withWorkspace({ "a.txt": "1\n", "b.txt": "b" }, async (real) => {
    const trial = new TrialWorkspace(real);
    assert.deepEqual(await trial.write("a.txt", "2\n3\n"), {
      before: contentHash("1\n"),
      after: contentHash("2\n3\n"),
    });
    const { text, lines, hash } = await trial.read("a.txt");
    assert.deepEqual([text, lines, hash], ["2\n3\n", 2, contentHash("2\n3\n")]);
    assert.deepEqual(await trial.write("a.txt", "4"), { before: contentHash("2\n3\n"), after: contentHash("4") });
    await trial.write("new.txt", "");
    assert.deepEqual([await trial.exists("new.txt"), (await trial.read("new.txt")).lines], [true, 0]);
    await trial.write("b.txt", null);
    assert.equal(await trial.exists("b.txt"), false);
    await assert.rejects(trial.read("b.txt"), ToolError);
    assert.deepEqual(await trial.write("b.txt", "again"), { before: null, after: contentHash("again") });
    await assert.rejects(trial.run(["true"], { timeoutMs: 1 }), TrialOver);
    assert.deepEqual(
      trial.wanted.map((one) => one.does === "write" ? [one.path, one.before, one.after] : [one.does]),
      [
        ["a.txt", "1\n", "2\n3\n"],
        ["a.txt", "2\n3\n", "4"],
        ["new.txt", null, ""],
        ["b.txt", "b", null],
        ["b.txt", null, "again"],
        ["run"],
      ],
    );
    assert.deepEqual([await real.files(), (await real.read("a.txt")).text], [["a.txt", "b.txt"], "1\n"]);
  }));
