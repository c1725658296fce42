import { equal, match } from "node:assert/strict";
import { withWorkspace } from "../fakes/plain_workspace.ts";
import { callTool, refusal } from "./call_tool.ts";

const GO = `// Package hotel books rooms.
package hotel

// Stay is the time of a guest.
type Stay struct{ From, To int }

// Nights counts.
func (s Stay) Nights() int { return s.To - s.From }
`;

/** What a file holds once it was written anew. */
function rewritten(path: string, before: string, content: string): Promise<string> {
  let text = "";
  return withWorkspace({ [path]: before }, async (workspace) => {
    await callTool("rewrite_file", { path, content }, workspace);
    text = (await workspace.read(path)).text;
  }).then(() => text);
}

Deno.test("a whole new text keeps the comments that its file begins with where it begins as that does", async () => {
  const anew = GO.replace("s.To - s.From", "s.To - s.From + 1");
  equal(await rewritten("stay.go", GO, anew.replace("// Package hotel books rooms.\n", "")), anew);
  equal(await rewritten("stay.go", GO, anew), anew);
  const other = anew.replace("// Package hotel books rooms.", "// Package hotel lets rooms.");
  equal(await rewritten("stay.go", GO, other), other);
  const python = "#!/usr/bin/env python3\n# Licensed to nobody.\n\nimport os\n\n\ndef f():\n    return os.name\n";
  const changed = python.replace("os.name", "os.sep");
  equal(await rewritten("f.py", python, changed.slice(changed.indexOf("import"))), changed);
  const elsewhere = 'print("begins otherwise")\n';
  equal(await rewritten("f.py", python, elsewhere), elsewhere);
});

Deno.test("a text that is its file's own but for comments that it leaves out changes nothing, and is refused as that", async () => {
  const copies = [
    GO.replace("// Nights counts.\n", ""),
    GO.replace("\n\n// Stay is the time of a guest.", ""),
    GO.replace("// Package hotel books rooms.\n", "").replace("// Nights counts.\n", ""),
  ];
  for (const content of copies) {
    await withWorkspace({ "stay.go": GO }, async (workspace) => {
      match(
        await refusal(callTool("rewrite_file", { path: "stay.go", content }, workspace)),
        /only comments are left out; nothing was changed/,
      );
      equal((await workspace.read("stay.go")).text, GO);
    });
  }
  const said = GO.replace("// Nights counts.", "// Nights counts the nights.");
  equal(await rewritten("stay.go", GO, said), said);
  const page = "# A\n\n# B\n";
  equal(await rewritten("a.md", page, "# A\n"), "# A\n");
});
