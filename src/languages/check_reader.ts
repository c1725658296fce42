import { readCargo } from "./check_readers/read_cargo.ts";
import { readDeno } from "./check_readers/read_deno.ts";
import { readGo } from "./check_readers/read_go.ts";
import { readPytest } from "./check_readers/read_pytest.ts";
import { readTap } from "./check_readers/read_tap.ts";
import { readUnittest } from "./check_readers/read_unittest.ts";
import type { CheckReader } from "./check_readers/reading.ts";

/** Ways to read a check's output; `plain` takes the command as one result. */
export const READER_NAMES = ["tap", "pytest", "unittest", "deno", "cargo", "go", "plain"] as const;

/** Name of a way to read a check's output. */
export type ReaderName = typeof READER_NAMES[number];

/** The readers by name. */
export const READERS: Readonly<Record<ReaderName, CheckReader>> = {
  tap: readTap,
  pytest: readPytest,
  unittest: readUnittest,
  deno: readDeno,
  cargo: readCargo,
  go: readGo,
  plain: () => ({ cases: [], broken: [] }),
};

/**
 * Chooses the reader for a command that a person configured.
 *
 * @param command program and arguments
 * @returns the reader its output most likely needs
 */
export function readerFor(command: readonly string[]): ReaderName {
  const line = command.join(" ");
  if (/\bpytest\b/.test(line)) return "pytest";
  if (/\bunittest\b/.test(line)) return "unittest";
  if (/\bdeno (test|task)\b/.test(line)) return "deno";
  if (/\bcargo (\S+ )?test\b/.test(line)) return "cargo";
  if (/\bgo test\b/.test(line)) return "go";
  if (/\bnode\b.*--test\b|^(npm|pnpm|yarn)\b|\btap\b/.test(line)) return "tap";
  return "plain";
}
