import assert from "node:assert/strict";
import { Listings } from "../../../src/work/workspaces/listings.ts";
import { inTemporaryFolder } from "../../run/fixtures/temporary_folder.ts";

/** What a folder looks like that changed last at a moment, ms before now. */
function changed(folder: string, ago: number): Deno.FileInfo {
  return { ...Deno.lstatSync(folder), ctime: new Date(Date.now() - ago) };
}

function names(entries: readonly Deno.DirEntry[]): string[] {
  return entries.map(({ name }) => name).sort();
}

Deno.test("a folder that looks as it did is not listed again, one that changed or is another is", () =>
  inTemporaryFolder((folder) => {
    const listings = new Listings();
    const old = changed(folder, 60_000);
    Deno.writeTextFileSync(`${folder}/a`, "");
    assert.deepEqual(names(listings.of("d", old, folder)), ["a"]);
    Deno.writeTextFileSync(`${folder}/b`, "");
    assert.deepEqual(names(listings.of("d", old, folder)), ["a"]);
    assert.deepEqual(names(listings.of("d", { ...old, ino: old.ino! + 1 }, folder)), ["a", "b"]);
    assert.deepEqual(names(listings.of("d", changed(folder, 30_000), folder)), ["a", "b"]);
  }));

Deno.test("what changed within this second is listed each time, since a further change would not show", () =>
  inTemporaryFolder((folder) => {
    const listings = new Listings();
    const fresh = changed(folder, 0);
    assert.deepEqual(names(listings.of("d", fresh, folder)), []);
    Deno.writeTextFileSync(`${folder}/a`, "");
    assert.deepEqual(names(listings.of("d", fresh, folder)), ["a"]);
  }));

Deno.test("a folder that is gone, or that is to be forgotten, is not remembered", () =>
  inTemporaryFolder((folder) => {
    const listings = new Listings();
    const old = changed(folder, 60_000);
    Deno.writeTextFileSync(`${folder}/a`, "");
    listings.of("d", old, folder);
    assert.deepEqual(names(listings.of("d", null, `${folder}/none`)), []);
    listings.of("d", old, folder);
    listings.keepOnly(new Set(["e"]));
    Deno.writeTextFileSync(`${folder}/b`, "");
    assert.deepEqual(names(listings.of("d", old, folder)), ["a", "b"]);
  }));
