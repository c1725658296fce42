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
 * Scores one answer: the calls that our ladder would run, the strict reader's, and BFCL's published verdict.
 * @param row a row of bfcl_raw.jsonl
 * @returns the three verdicts
 */
export function scoreBfcl(row: BfclRow): BfclVerdict {
  const { calls, fault } = readReply({
    text: row.raw,
    delivered: [],
    thinking: "",
    tools: declarationsOf(row.tools),
    way: "prompted",
    forced: false,
  });
  const ours = callsMatch(calls, row);
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
