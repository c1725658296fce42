/** Words that name whom they are for, taken apart. */
export interface Addressed {
  /** The name behind the sign, whoever has it. */
  readonly role: string;
  /** What stands behind the name; empty where nothing does. */
  readonly words: string;
}

/**
 * Reads words that begin with `@ROLE`; a comma or a colon may stand behind the name.
 *
 * @param text what a person typed
 * @returns null where it begins otherwise: a name with a stroke or a dot in it is that of a package or a file
 */
export function addressed(text: string): Addressed | null {
  const [, role, words = ""] = /^@([\w·-]+)[,:]?(?:\s([\s\S]*))?$/.exec(text) ?? [];
  return role === undefined ? null : { role, words: words.trim() };
}

/**
 * Says why such words go to nobody.
 *
 * @param own the words
 * @param roles roles that can be written to
 * @returns null where they can go
 */
export function notAddressed({ role, words }: Addressed, roles: readonly string[]): string | null {
  if (!roles.includes(role)) {
    return `There is no role @${role}. There are ${roles.map((one) => `@${one}`).join(", ")}.`;
  }
  return words === "" ? `Write behind @${role} what you say to it.` : null;
}
