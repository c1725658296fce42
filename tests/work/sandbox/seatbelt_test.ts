import assert from "node:assert/strict";
import { seatbeltProfile } from "../../../src/work/sandbox/seatbelt.ts";
import type { Enclosure } from "../../../src/work/sandbox/enclosure.ts";

const ENCLOSURE: Enclosure = {
  ...{
    tier: "sandbox-exec",
    place: '/Users/a/state/pl"ace',
    project: "/Users/a/project",
    temporary: "/Users/a/state/tmp",
  },
  ...{ shared: ["node_modules"], spots: ["node_modules/.vite"], network: false, write: ["/Users/a/open"] },
  hidden: ["/Users/a/state"],
};

/** The last rule of a profile that names a path for an operation decides. */
function ruleFor(profile: string, operation: string, path: string): string | undefined {
  const rules = profile.split(/\n(?=\()/).filter((rule) => rule.includes(operation) || rule === "(allow default)");
  const isMeant = (rule: string) =>
    !rule.includes("subpath") ||
    [...rule.matchAll(/subpath "((?:[^"\\]|\\.)*)"/g)].some(([, folder]) =>
      `${path}/`.startsWith(`${folder!.replaceAll('\\"', '"')}/`)
    );
  return /^\((\w+)/.exec(rules.findLast(isMeant) ?? "")?.[1];
}

Deno.test("the profile for macOS lets a command write its place and no other", () => {
  const profile = seatbeltProfile(ENCLOSURE, ["/Users/a/.ssh"]);
  const writes = (path: string) => ruleFor(profile, "file-write*", path);
  const reads = (path: string) => ruleFor(profile, "file-read*", path);
  assert.ok(profile.startsWith("(version 1)\n(allow default)\n(deny file-write*)\n"));
  assert.equal(writes("/Users/a/b"), "deny");
  for (const path of ['/Users/a/state/pl"ace/b', "/Users/a/state/tmp/b", "/Users/a/open/b", "/dev/null"]) {
    assert.equal(writes(path), "allow", path);
  }
  for (const path of [".git/hooks/a", ".autonomy/plugins/a.ts", "node_modules/a"]) {
    assert.equal(writes(`${ENCLOSURE.place}/${path}`), "deny", path);
  }
  assert.equal(writes(`${ENCLOSURE.place}/node_modules/.vite/a`), "allow");
  assert.equal(reads("/Users/a/.ssh/id"), "deny");
  assert.equal(reads("/Users/a/state/trusted.json"), "deny");
  assert.equal(reads(`${ENCLOSURE.place}/a`), "allow");
  assert.equal(reads("/usr/bin/env"), "allow");
});

Deno.test("the profile for macOS closes the network but for the loopback, unless it is to be open", () => {
  assert.match(seatbeltProfile(ENCLOSURE, []), /\(deny network\*\)\n\(allow network\* .*localhost/);
  assert.doesNotMatch(seatbeltProfile({ ...ENCLOSURE, network: true }, []), /\(deny network\*\)/);
});
