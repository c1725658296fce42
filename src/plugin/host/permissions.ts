import type { Permissions } from "../tool.ts";

/** The kinds of permissions, in the order in which people read them. */
export const PERMISSION_KINDS = [
  "read",
  "write",
  "net",
  "run",
  "env",
] as const satisfies readonly (keyof Permissions)[];

/** A kind of permission. */
export type PermissionKind = typeof PERMISSION_KINDS[number];

/** Permissions with nothing left out, each list sorted and without what stands there twice. */
export type PermissionSet = Readonly<Record<PermissionKind, readonly string[]>>;

/** No permission at all. */
export const NO_PERMISSIONS: PermissionSet = unionOf([]);

/** What each kind lets a plugin do, as the beginning of a sentence about it. */
const WORDS: Readonly<Record<PermissionKind, string>> = {
  read: "reads",
  write: "writes",
  net: "connects to",
  run: "starts",
  env: "knows the variables",
};

/** How each item is written; a comma would begin another in a flag of Deno. */
const FORMS: Readonly<Record<PermissionKind, readonly [form: RegExp, wanted: string]>> = {
  // deno-lint-ignore no-control-regex
  read: [/^[^,\x00-\x1f]+$/, "a path without commas"],
  // deno-lint-ignore no-control-regex
  write: [/^[^,\x00-\x1f]+$/, "a path without commas"],
  net: [/^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i, '"name" or "name:port"'],
  // deno-lint-ignore no-control-regex
  run: [/^[^,\s\x00-\x1f]+$/, "the name of a program"],
  env: [/^[A-Za-z_]\w*$/, "the name of a variable"],
};

/** All that some permissions hold together. */
export function unionOf(all: readonly (Permissions | undefined)[]): PermissionSet {
  return each((kind) => all.flatMap((one) => one?.[kind] ?? []));
}

/** What two sets have in common. */
export function commonOf(one: PermissionSet, other: PermissionSet): PermissionSet {
  return each((kind) => one[kind].filter((item) => other[kind].includes(item)));
}

/** What the first set has and the second has not. */
export function withoutThose(one: PermissionSet, other: PermissionSet): PermissionSet {
  return each((kind) => one[kind].filter((item) => !other[kind].includes(item)));
}

/** Whether a set holds nothing. */
export function isNothing(set: PermissionSet): boolean {
  return PERMISSION_KINDS.every((kind) => set[kind].length === 0);
}

/**
 * Says what a set lets a plugin do.
 *
 * @returns such as `reads /data; starts git`; `nothing beyond its workspace` for an empty one
 */
export function sayPermissions(set: PermissionSet): string {
  const said = PERMISSION_KINDS.flatMap((kind) =>
    set[kind].length === 0 ? [] : [`${WORDS[kind]} ${set[kind].join(", ")}`]
  );
  return said.join("; ") || "nothing beyond its workspace";
}

/** A sentence for each item that no permission can be given for. */
export function permissionFaults(set: PermissionSet): readonly string[] {
  return PERMISSION_KINDS.flatMap((kind) =>
    set[kind].filter((item) => !FORMS[kind][0].test(item)).map((item) =>
      `permissions.${kind}: must be ${FORMS[kind][1]}; found ${JSON.stringify(item)}`
    )
  );
}

function each(items: (kind: PermissionKind) => readonly string[]): PermissionSet {
  const of = (kind: PermissionKind) => [...new Set(items(kind))].sort();
  return { read: of("read"), write: of("write"), net: of("net"), run: of("run"), env: of("env") };
}
