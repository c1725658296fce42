import assert from "node:assert/strict";
import { typeCheck } from "../../../src/plugin/live/type_check.ts";
import { inTemporaryFolder } from "../../run/fixtures/temporary_folder.ts";
import { writeFiles } from "./write_files.ts";

Deno.test("the types of a plugin are compared with the door's; what is only unused is not told", () =>
  inTemporaryFolder(async (folder) => {
    await writeFiles(folder, {
      "one.ts":
        'import { definePlugin } from "autonomy";\nconst unused = 1;\nexport default definePlugin({\n  name: 3,\n});\n',
    });
    assert.deepEqual(await typeCheck(`${folder}/one.ts`, new AbortController().signal), [
      { place: `${folder}/one.ts:4:3`, text: "Type 'number' is not assignable to type 'string'." },
    ]);
  }));
