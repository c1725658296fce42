import { join } from "node:path";
import * as z from "zod";
import { type Origin } from "../offer.ts";
import { commonOf, isNothing, NO_PERMISSIONS, type PermissionSet, unionOf } from "./permissions.ts";
import { HOSTED_FOLDER, StateFile } from "./state_file.ts";

/** A plugin as permissions are given to it. */
export interface Grantee {
  /** Absolute path of its module. */
  readonly path: string;
  readonly origin: Origin;
  /** SHA-256 of all its files. */
  readonly hash: string;
}

const items = z.array(z.string()).readonly();
const Grant = z.object({
  /** When it was given, ISO 8601. */
  at: z.string(),
  /** SHA-256 of the files that it was given to; null where it holds for what stands at the path. */
  hash: z.string().nullable(),
  permissions: z.object({ read: items, write: items, net: items, run: items, env: items }),
});
const GrantsFile = z.object({ version: z.literal(1), plugins: z.record(z.string(), Grant) });

/**
 * Which permissions a person gave to plugins, in a file of the state folder. In the person's own folder they hold for the path, so that a
 * save that asks for nothing more asks nothing; in a project's folder for exactly the content that they were given to.
 */
export class Grants {
  /** Absolute path of the file, which need not be there. */
  readonly path: string;
  readonly #file: StateFile;

  /** @param state state folder */
  constructor(state: string) {
    this.path = join(state, HOSTED_FOLDER, "grants.json");
    this.#file = new StateFile(this.path);
  }

  /** What a plugin has of what it asks for, as it is now. */
  of(plugin: Grantee, wants: PermissionSet): PermissionSet {
    if (isNothing(wants)) return NO_PERMISSIONS;
    const grant = this.#all()[plugin.path];
    if (grant === undefined || grant.hash !== hashFor(plugin)) return NO_PERMISSIONS;
    return commonOf(wants, unionOf([grant.permissions]));
  }

  /**
   * Gives a plugin what it asks for, in the place of what it had.
   *
   * @throws where that cannot be noted
   */
  allow(plugin: Grantee, wants: PermissionSet): void {
    const grant = { at: new Date().toISOString(), hash: hashFor(plugin), permissions: wants };
    this.#write({ ...this.#all(), [plugin.path]: grant });
  }

  /**
   * Takes back what a plugin had.
   *
   * @param path absolute path of its module
   * @returns false where it had nothing
   * @throws where that cannot be noted
   */
  revoke(path: string): boolean {
    const { [path]: grant, ...others } = this.#all();
    if (grant === undefined) return false;
    this.#write(others);
    return true;
  }

  #all(): z.infer<typeof GrantsFile>["plugins"] {
    // A list that cannot be read says no.
    return GrantsFile.safeParse(this.#file.read()).data?.plugins ?? {};
  }

  #write(plugins: z.infer<typeof GrantsFile>["plugins"]): void {
    this.#file.write({ version: 1, plugins }, "What plugins may do");
  }
}

function hashFor({ origin, hash }: Grantee): string | null {
  return origin === "project" ? hash : null;
}
