import assert from "node:assert/strict";
import { EXIT } from "../../src/cli/exit_code.ts";
import { callHere as call } from "./fixtures/call_here.ts";
import { jsonLines, withPlace } from "./fixtures/command_line.ts";

Deno.test("where no screen shows what waits, --step is refused with what to do, and nothing is begun", () =>
  withPlace(async (place) => {
    for (
      const [words, why] of [
        [["rehearse", "--step", "--headless"], /--headless shows none/],
        [["rehearse", "--step"], /Input and output are no terminal/],
        [["run", "Do it.", "--step"], /Input and output are no terminal/],
      ] as const
    ) {
      const { code, err } = await call(place, words);
      assert.equal(code, EXIT.usage, err);
      assert.match(err, /--step lets each message wait until you pass it on the screen, and there is no screen/);
      assert.match(err, why);
      assert.match(err, /Leave out --step/);
    }
    const { code, out } = await call(place, ["run", "Do it.", "--step", "--json"]);
    assert.equal(code, EXIT.usage);
    assert.deepEqual(jsonLines(out).map(({ type, exit }) => [type, exit]), [["result", EXIT.usage]]);
    assert.equal((await call(place, ["runs"])).out.includes("Do it."), false);
  }));
