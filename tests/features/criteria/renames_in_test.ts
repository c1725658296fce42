import { deepEqual } from "node:assert/strict";
import { renamesIn } from "../../../src/features/criteria/renames_in.ts";

const READ: Readonly<Record<string, string>> = {
  "Rename the class Rec to Reading and its attribute val to celsius, everywhere in the project.":
    "Rec>Reading val>celsius",
  "Please rename `Only` in lists/lists.go to `Matching`, and `Join` to `Joined`.": "Only>Matching Join>Joined",
  "rename the function getUser() into fetch_user wherever it is used": "getUser>fetch_user",
  "Rename area to surface, perimeter to outline and side to length": "area>surface perimeter>outline side>length",
  "Rename the function area in src/shapes.js to surface, wherever it is used.": "area>surface",
  "- [ ] Rename area to surface\n- add a README": "area>surface",
  "Fix the export and rename area to surface.": "area>surface",
  "Could you rename area to surface?": "area>surface",
  "Rename the function get to findMember. Rename the function put to saveMember.": "get>findMember put>saveMember",
  "- Rename get to findMember\n- Rename put to saveMember\n- Rename get to findMember": "get>findMember put>saveMember",
  "Do this:\n\n1. Rename area to surface.\n2. Add tests.": "area>surface",
  "Rename the type Thing of the package store to Book and its method Str to Title, in all packages.":
    "Thing>Book Str>Title",
  // What is told of a rename, or forbids one.
  "When users open a project and rename title to label, the list is not updated. Fix it.": "",
  "Steps to reproduce:\n1. rename places to delta\n2. save": "",
  "What you must not do: rename get to findMember": "",
  "Please do not\nrename get to findMember.": "",
  "Do not touch the tests and rename get to findMember.": "",
  "If I then rename check to verify, it fails.": "",
  "Bug: rename status to state in the menu and the app crashes": "",
  "The commands:\n- rename source to target\n- remove": "",
  "In the docs we say: rename check to verify. Is it true?": "",
  "Rename variables to camelCase.": "",
  "Rename value to something, like celsius": "",
  "Fix the crash in total(). Do not rename equal to ok.": "",
  "Never rename the function total to sum": "",
  "It does not rename true to false in the table": "",
  "We had to rename any to all in the last release, now filter() returns too much": "",
  "The command rename fails to update the index": "",
  "Rename fails to update the index": "",
  // What says less, or something else.
  "Rename things so that they are clear.": "",
  "Rename the file a.js to b.js": "",
  "Give area a better name": "",
  "Rename area to area": "",
  "Renamed columns shall stay.": "",
};

Deno.test("which names become which is read where a wish says both plainly, one after the other", () => {
  for (const [text, pairs] of Object.entries(READ)) {
    deepEqual(renamesIn(text).map(({ from, to }) => `${from}>${to}`).join(" "), pairs, text);
  }
});
