import assert from "node:assert/strict";
import { collectPatterns, type WrittenPattern } from "./collect.ts";
import { Tries } from "./slow_attack.ts";
import { MADE, type Wall, WALLS } from "./walls.ts";

/** Length of the texts that patterns without a wall are tried on, in characters. */
const LONGEST = 200_000;

const { written, made } = collectPatterns();

function wallOf({ path, source }: WrittenPattern): Wall | undefined {
  return WALLS.find((wall) => path.startsWith(wall.at) && source.startsWith(wall.source ?? ""));
}

Deno.test("no pattern of the program is slow on any text that may reach it", async () => {
  const tries = new Tries();
  const slow: string[] = [];
  const tried = new Set<string>();
  try {
    for (const pattern of written) {
      const { path, line, source, flags } = pattern;
      const { longest = LONGEST, passes = null } = wallOf(pattern) ?? {};
      const key = JSON.stringify([source, flags, longest, passes]);
      if (tried.has(key)) continue;
      tried.add(key);
      const attack = await tries.slowAttack(source, flags, longest, passes);
      if (attack !== null) slow.push(`${path}:${line} /${source}/${flags} on ${JSON.stringify(attack)}`);
    }
  } finally {
    tries.close();
  }
  assert.deepEqual(
    slow,
    [],
    "Write them so that no two repetitions fit the same text, or bound what they see (walls.ts).",
  );
});

Deno.test("the look at patterns finds what takes the square of a text, or all ways through it", async () => {
  // All ways through a text take years: there is no need to wait long.
  const tries = new Tries(1_000);
  const isSlow = async (source: string, flags = "") => await tries.slowAttack(source, flags, LONGEST, null) !== null;
  try {
    for (const source of ["(a+)+$", "\\s+$", "^( *)(.+) \\.\\.\\. ok$", "<a>([^]*?)<b>", "(?:\\w+ ?)*!"]) {
      assert.ok(await isSlow(source), source);
    }
    for (const source of ["^\\w+$", "(?<!\\s)\\s+$", "a[^b]*b?", "^( *)(\\S.*) x$"]) {
      assert.ok(!await isSlow(source), source);
    }
  } finally {
    tries.close();
  }
});

Deno.test("each wall stands before a pattern, and each pattern made at run time is spoken for", () => {
  const used = new Set(written.map(wallOf));
  assert.deepEqual(WALLS.filter((wall) => !used.has(wall)).map(({ at, source }) => `${at} ${source ?? ""}`), []);
  assert.deepEqual([...new Set(made.map(({ path }) => path))].sort(), Object.keys(MADE).sort());
});
