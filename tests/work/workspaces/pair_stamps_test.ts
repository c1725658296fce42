import assert from "node:assert/strict";
import { PairStamps } from "../../../src/work/workspaces/pair_stamps.ts";

function info(size: number, change: Partial<Deno.FileInfo> = {}): Deno.FileInfo {
  const time = new Date(1_000 + size);
  return { ...Deno.lstatSync("."), ino: size, size, mode: 0o644, mtime: time, ctime: time, ...change };
}

Deno.test("two files look as they did until one of them changes in any way", () => {
  const stamps = new PairStamps();
  assert.equal(stamps.isSame("a", info(1), info(2)), false, "nothing is known of them");
  stamps.set("a", info(1), info(2));
  assert.equal(stamps.isSame("a", info(1), info(2)), true);
  const changes: readonly Partial<Deno.FileInfo>[] = [
    { ino: 9 },
    { size: 9 },
    { mode: 0o755 },
    { mtime: new Date(9) },
    { mtime: null },
    { ctime: new Date(9) },
  ];
  for (const change of changes) {
    assert.equal(stamps.isSame("a", info(1, change), info(2)), false, Object.keys(change)[0]);
    assert.equal(stamps.isSame("a", info(1), info(2, change)), false, Object.keys(change)[0]);
  }
});

Deno.test("many pairs are told apart, also when others were forgotten meanwhile", () => {
  const stamps = new PairStamps();
  const name = (at: number) => `f${at}`;
  for (let at = 0; at < 3_000; at++) stamps.set(name(at), info(at), info(at + 1));
  for (let at = 0; at < 3_000; at += 3) stamps.delete(name(at));
  for (let at = 4_000; at < 6_000; at++) stamps.set(name(at), info(at), info(at + 1));
  stamps.set(name(1), info(7), info(8));
  const known = (at: number) => stamps.isSame(name(at), info(at), info(at + 1));
  assert.deepEqual([0, 1, 2, 3, 2_999, 4_000, 5_999].map(known), [false, false, true, false, true, true, true]);
  assert.equal(stamps.isSame(name(1), info(7), info(8)), true);
  assert.equal([...stamps.paths].length, 4_000);
  stamps.clear();
  assert.deepEqual([...stamps.paths], []);
  assert.equal(known(2), false);
});
