import assert from "node:assert/strict";
import { LANGUAGES } from "../../../src/languages/languages.ts";
import { openWorkspace } from "../../../src/work/workspace.ts";
import { KeptWrites, MemoryBlobs } from "../../run/fixtures/memory_blobs.ts";
import { writeFiles } from "../../run/fixtures/temporary_folder.ts";
import { enclosedTest, inEnclosedFolder } from "./enclosed_folder.ts";

const never = new AbortController().signal;

/** A script of a project that a model has changed: it plants what a person's program would obey. */
const PLANTING = `
import os, pathlib, unittest
class Planting(unittest.TestCase):
    def test_plants(self):
        for path in [".git/hooks/post-checkout", ".autonomy/plugins/a.ts", os.path.expanduser("~/autonomy-planted"), "/autonomy-planted"]:
            try:
                pathlib.Path(path).parent.mkdir(parents=True, exist_ok=True)
                pathlib.Path(path).write_text("evil")
            except OSError:
                continue
            self.fail(path)
        pathlib.Path("kept.txt").write_text("kept")
`;

enclosedTest(
  "commands and checks of a workspace with an enclosure run enclosed, and what they change is recorded",
  () =>
    inEnclosedFolder(
      async ({ enclosure }) => {
        const root = enclosure.place;
        writeFiles(root, { "test_plants.py": PLANTING });
        const recorder = new KeptWrites();
        const workspace = await openWorkspace({
          ...{ root, languages: LANGUAGES, recorder, blobs: new MemoryBlobs(), enclosure },
          checks: [{ name: "unit", command: ["python3", "-m", "unittest"] }],
        });
        const ran = await workspace.run(["sh", "-c", "echo x > ~/autonomy-planted; echo x > made.txt; echo $GOCACHE"], {
          ...{ timeoutMs: 60_000, signal: never },
        });
        assert.match(ran.output, /Read-only file system\n\/tmp\/\.cache\/go-build\n$/);
        const report = await workspace.check(never);
        assert.deepEqual(report.results.map(({ passed }) => passed), report.results.map(() => true), report.output);
        const written = recorder.writes.map(({ path }) => path).filter((path) => !path.includes("__pycache__"));
        assert.deepEqual(written, ["made.txt", "kept.txt"]);
        assert.deepEqual(
          [...Deno.readDirSync(root)].map(({ name }) => name).filter((name) => name.startsWith(".")),
          [],
        );
      },
      (folder) => ({ place: `${folder}/project` }),
    ),
);
