import type { Fact } from "../features/fact.ts";
import type { WriteRecorder } from "../work/write_record.ts";
import { toFact } from "./settle.ts";

/**
 * Records writes and commands of one effect as facts, before and after they touch the disk.
 *
 * @param key the effect
 * @param workspace copy of the project in which they are done; the project itself where absent
 */
export function recorderOf(key: string, note: (fact: Fact) => void, workspace?: string): WriteRecorder {
  const there = workspace === undefined ? {} : { workspace };
  return {
    opened: (write) => note({ type: "write_opened", key, write: toFact(write), ...there }),
    closed: (write, done) => note({ type: "write_closed", key, write: toFact(write), done, ...there }),
    commandOpened: (command, snapshot, _notKept, arranged) =>
      note({
        type: "command_opened",
        key,
        command: [...command],
        snapshot,
        ...(arranged.length === 0 ? {} : { arranged: arranged.map((one) => ({ ...one })) }),
        ...there,
      }),
    commandClosed: (_command, writes, excepted) =>
      note({ type: "command_closed", key, writes: writes.map(toFact), excepted: [...excepted], ...there }),
  };
}
