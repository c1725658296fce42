import assert from "node:assert/strict";
import { elides } from "../../src/mediate/elides.ts";

Deno.test("a line that leaves something out is found, whatever its comment marks", () => {
  for (
    const line of [
      "// ... existing code ...",
      "// rest of the code",
      "// The rest of the file remains unchanged",
      "// ... rest of the implementation",
      "// Rest of your code here",
      "// Existing imports...",
      "// ... other methods ...",
      "// ...",
      "// (rest of the file is unchanged)",
      "// same as before",
      "// omitted for brevity",
      "// your code here",
      "# (unchanged)",
      "# ... (previous code)",
      "# Rest of code remains unchanged...",
      "    # existing code...",
      "/* ... */",
      "/* rest of the styles unchanged */",
      "{/* existing code */}",
      "<!-- rest of the content -->",
      "-- ... rest of the functions",
      "<remaining code>",
      "[rest of the file unchanged]",
      "... rest of the code unchanged ...",
      "... (existing code)",
      "function parse(text: string) { ... }",
      "  parse(text) { /* ... */ }",
      "… remaining lines unchanged",
      "<!-- rest of the page stays the same -->",
      "-- (the remaining queries are omitted)",
      "# everything else is the same as before.",
      "// the rest goes here",
      "# rest: as before",
      "// existing tests continue here ...",
      "/* ... keep the existing handlers ... */",
      "# omitted ...",
      "# the rest of the lines is unchanged",
      "// rest of the lines",
      "// rest of cases",
      "// rest of switch cases",
      "/* rest of the lines */",
      "// rest of the cases ...",
      "# ... the rest of the text",
      "// the rest of the arguments stay the same",
      "# rest of the lines here",
      "(the rest of the text)",
      "# (rest of the lines)",
    ]
  ) assert.equal(elides(`const a = 1;\n${line}\nconst b = 2;\n`), line.trim(), line);
});

Deno.test("what merely looks alike is left alone", () => {
  for (
    const line of [
      "const { a, ...rest } = options;",
      "  ...rest,",
      "  ...existing,",
      "f(...remaining);",
      "return [...other, last];",
      "def area(self) -> float: ...",
      "    ...",
      "    pass",
      "catch (...) {}",
      "console.log('loading...');",
      "// the rest of the line is the message",
      "# the rest of the line",
      "// the rest of the arguments",
      "# The rest of the text.",
      "// the rest of the cases",
      "# the remainder of the input",
      "# the rest of the line goes to the next field",
      "// skip the rest of the file",
      "// Reads the rest of the body.",
      "// existing users keep their number",
      "// previous code was slower",
      "// if the file is unchanged, nothing happens",
      "// other types are refused",
      "// remaining: number of items",
      "// wait for it...",
      "# unchanged lines are skipped",
      "# Remaining tests",
      "# The rest of the queue is unchanged by this call",
      "# the rest is handled by the caller",
      "// remaining items are the same type",
      "// keep the existing handlers",
      " * ...",
      "- [ ] remaining work",
      "<T extends string>",
      "class Code: ...",
      "type Rest = [...string[]];",
      "(a, b)",
    ]
  ) assert.equal(elides(`const a = 1;\n${line}\n`), null, line);
});

Deno.test("a line that stands in the original is no elision", () => {
  const line = "// ... existing code ...";
  assert.equal(elides(`a\n  ${line}\n`, `${line}\nold`), null);
  assert.equal(elides(`a\n${line}\n`, "old"), line);
});
