import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { readCorpus } from "./corpus.ts";
import { scoreCalls } from "./score_calls.ts";

/** Folders of texts with calls, each with the shares of right readings that it gave when it was scored last. */
const FOLDERS = {
  written_calls: { parsed: 1, repaired: 1, refused: 1 },
  further_calls: { parsed: 1, repaired: 0.97, refused: 1 },
  unseen_calls: { parsed: 1, repaired: 1, refused: 1 },
  later_calls: { parsed: 1, repaired: 1, refused: 1 },
  fresh_calls: { parsed: 1, repaired: 1, refused: 1 },
  blind_calls: { parsed: 1, repaired: 1, refused: 1 },
};

Deno.test("texts written from the formats' own documentation, and from reports, are read as well as they were, and no more texts are taken for a call", () => {
  for (const [folder, { parsed, repaired, refused }] of Object.entries(FOLDERS)) {
    const { groups } = scoreCalls(readCorpus(fileURLToPath(new URL(folder, import.meta.url))));
    const share = (name: string) => {
      const tally = groups.find((group) => group.name === name)!.readers["unknown family"];
      return tally.right / (tally.right + tally.wrong + tally.missed + tally["false call"]);
    };
    assert.ok(share("must parse") >= parsed, `${folder}: ${share("must parse")}`);
    assert.ok(share("repair") >= repaired, `${folder}: ${share("repair")}`);
    assert.ok(share("no call") >= refused, `${folder}: ${share("no call")}`);
  }
});
