import assert from "node:assert/strict";
import { fileURLToPath, pathToFileURL } from "node:url";
import { filePath, fileUrl } from "../../src/kernel/file_url.ts";

Deno.test("addresses of files are those of Node, whatever stands in a path, and lead back to it", () => {
  for (
    const name of [
      "a.ts",
      "with blanks.ts",
      "100%.ts",
      "%20.ts",
      "what?#.ts",
      "back\\slash.ts",
      "é漢🎉.ts",
      "a\nb\t.ts",
      "[a]:@&=+$,.ts",
    ]
  ) {
    const path = `/folder/${name}`;
    assert.equal(fileURLToPath(fileUrl(path)), path);
    assert.equal(filePath(fileUrl(path)), path);
    assert.equal(filePath(pathToFileURL(path).href), path);
  }
});
