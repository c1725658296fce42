import assert from "node:assert/strict";
import { ended, goesOn } from "../../src/tui/between_runs.ts";
import { BLANK } from "../../src/tui/editor.ts";
import { FIRST } from "../../src/tui/ui.ts";

Deno.test("the summary comes when a run ends, but not over what is being looked for: the next letters go on with that", () => {
  assert.equal(ended(FIRST).overlay, "summary");
  const find = { in: "decisions", editor: BLANK, typing: true, before: { unfolded: [], selected: {} } };
  const typing = ended({ ...FIRST, find });
  assert.deepEqual([typing.overlay, typing.find], [null, find]);
  assert.match(typing.notice, /The run is over/);
  assert.equal(ended({ ...FIRST, find: { ...find, typing: false } }).overlay, "summary");
});

Deno.test("the summary goes where a run that is played goes back behind its end, and nothing else does", () => {
  assert.equal(goesOn(ended(FIRST)).overlay, null);
  assert.equal(goesOn({ ...FIRST, overlay: "help" }).overlay, "help");
});
