import { readReply } from "../../src/mediate/read_reply.ts";
import { callsMatch } from "./calls_match.ts";
import { type BfclRow, declarationsOf } from "./corpus.ts";
import { readStrictly } from "./strict_reader.ts";

/** What three judges say of one answer; BFCL's own verdict is null where none was published. */
export interface BfclVerdict {
  readonly id: string;
  readonly model: string;
  readonly category: string;
  readonly sample: string;
  /** Whether no call is wanted. */
  readonly irrelevance: boolean;
  readonly ours: boolean;
  readonly strict: boolean;
  readonly bfcl: boolean | null;
  readonly reason: string;
}

/**
 * Scores one answer: the calls that our ladder reads, the strict reader's, and BFCL's published verdict. Where a call is wanted,
 * one that was read and that the question's schema refuses counts as read, since BFCL's rule has types of its own; where none is
 * wanted, only calls that would run count.
 * @param row a row of bfcl_raw.jsonl
 * @returns the three verdicts
 */
export function scoreBfcl(row: BfclRow): BfclVerdict {
  const { calls, attempted, fault } = readReply({
    text: row.raw,
    delivered: [],
    thinking: "",
    tools: declarationsOf(row.tools),
    way: "prompted",
    forced: false,
  });
  // What BFCL accepts may break the question's own schema (0.85 for an integer): then a call that was read is not run.
  const refused = row.possible_answer !== null && attempted.length > 0;
  const ours = callsMatch(calls, row) || (refused && callsMatch([...calls, ...attempted], row));
  const strictly = readStrictly(row.raw);
  return {
    id: row.id,
    model: row.model,
    category: row.category,
    sample: row.sample,
    irrelevance: row.possible_answer === null,
    ours,
    strict: strictly === null ? row.possible_answer === null : callsMatch(strictly, row),
    bfcl: row.bfcl_valid,
    reason: ours
      ? ""
      : `read ${JSON.stringify(calls)}${fault === null ? "" : ` (${fault})`}, wanted ${
        JSON.stringify(row.possible_answer)
      }`,
  };
}
