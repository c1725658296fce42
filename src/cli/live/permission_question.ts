import type { Fact, Stamped } from "../../features/fact.ts";
import type { State } from "../../features/state.ts";
import { wordsOf } from "../../features/words_of.ts";
import { shownAddress } from "../../fleet/host_address.ts";
import { reasonOf } from "../../kernel/reason_of.ts";
import type { Grants } from "../../plugin/host/grants.ts";
import { isNothing, type PermissionSet, sayPermissions, unionOf, withoutThose } from "../../plugin/host/permissions.ts";
import type { Offer } from "../../plugin/offer.ts";

/** What questions about permissions need. */
export interface PermissionParts {
  readonly grants: Grants;
  /** Notes facts that are to be told between two steps of the run. */
  readonly say: (news: (state: State) => readonly Fact[]) => void;
}

/** A plugin in use that wants more than it was given. */
interface Lack {
  readonly offer: Offer;
  /** What it was not given yet. */
  readonly missing: PermissionSet;
  /** Id of the question; null where nobody is there to answer. */
  id: string | null;
}

/** Asks the person, once in a session for each plugin, for the permissions that it wants and nobody gave it yet. */
export class PermissionQuestions {
  readonly #parts: PermissionParts;
  /** What was asked, by plugin and what it lacks: also what was answered with a no. */
  readonly #asked = new Map<string, Lack>();
  #count = 0;

  /** @param parts what it works with */
  constructor(parts: PermissionParts) {
    this.#parts = parts;
  }

  /** Looks at what is in use, and asks for what is missing; what was given or is not wanted any more is asked no longer. */
  look(offers: readonly Offer[]): void {
    const lacks = new Map(offers.flatMap((offer) => {
      const missing = missingOf(offer);
      return missing === null ? [] : [[keyOf(offer, missing), { offer, missing }] as const];
    }));
    for (const [key, lack] of this.#asked) {
      if (lacks.has(key)) continue;
      this.#asked.delete(key);
      const isGiven = offers.some(({ path }) => path === lack.offer.path) && missingOf(lack.offer) === null;
      this.#withdraw(lack, isGiven);
    }
    for (const [key, lack] of lacks) {
      if (!this.#asked.has(key)) this.#ask(key, lack);
    }
  }

  /** Hears the answers. */
  heard(facts: readonly Stamped[]): void {
    for (const fact of facts) {
      if (fact.type !== "question_answered" || !fact.approved) continue;
      const [key, lack] = [...this.#asked].find(([, { id }]) => id === fact.id) ?? [];
      if (key === undefined || lack === undefined) continue;
      this.#asked.delete(key);
      const text = this.#give(lack);
      this.#parts.say(() => [{ type: "person_told", text, cause: fact.id }]);
    }
  }

  #ask(key: string, { offer, missing }: Omit<Lack, "id">): void {
    const lack: Lack = { offer, missing, id: null };
    this.#asked.set(key, lack);
    const { plugin, path, version } = offer;
    const wants = `it ${sayPermissions(missing)}`;
    this.#parts.say((state) => {
      const waits = { type: "plugin_waits", path, plugin, version, for: "permission" } as const;
      const text = `${plugin} wants more than its workspace, and works without until you allow it: ${wants}`;
      if (state.run.info?.headless === true) return [{ ...waits, text: `${text}: autonomy plugins allow ${plugin}` }];
      if (this.#asked.get(key) !== lack) return [];
      lack.id = `permission${++this.#count}.${version}`;
      return [{ ...waits, text }, {
        type: "question_asked",
        kind: "plugin",
        id: lack.id,
        text: `The plugin ${plugin} wants more than its workspace: ${wants}. Allow it?`,
        context: [
          `It lies in ${path}. ${untilWhen(offer)}`,
          ...serversOf(offer),
          ...(missing.run.length > 0 ? ["A program that it may start can do all that you can."] : []),
          "Without a yes it works without, and what needs the permission fails.",
        ].join(" "),
        turn: null,
      }];
    });
  }

  #withdraw({ id }: Lack, approved: boolean): void {
    if (id === null) return;
    const text = approved ? "allowed meanwhile" : "it wants something else now, or is gone";
    this.#parts.say(({ people }) =>
      people.questions.some((question) => question.id === id) ? [{ type: "question_answered", id, approved, text }] : []
    );
  }

  /** Gives what was asked for beside what was given before; says so, or why it could not be noted. */
  #give({ offer, missing }: Lack): string {
    const { plugin, path, origin, contained } = offer;
    try {
      const all = unionOf([contained?.granted(), missing]);
      this.#parts.grants.allow({ path, origin, hash: contained?.hash ?? "" }, all);
      return `${plugin} may do more from now on: it ${sayPermissions(missing)}.`;
    } catch (error) {
      return reasonOf(error);
    }
  }
}

/** What a plugin wants and was not given; null where that is nothing. */
function missingOf({ wants, contained }: Offer): PermissionSet | null {
  if (contained === undefined) return null;
  const missing = withoutThose(unionOf([wants]), unionOf([contained.granted()]));
  return isNothing(missing) ? null : missing;
}

/** A plugin of a project is another one with each of its contents; one of the person's own stays the same. */
function keyOf({ path, origin, contained }: Offer, missing: PermissionSet): string {
  return JSON.stringify([path, origin === "project" ? contained?.hash : "", missing]);
}

/** What the person would see started, or reached, of the MCP servers that it names. */
function serversOf({ mcp }: Offer): readonly string[] {
  return Object.entries(mcp).map(([name, { command, url }]) =>
    `Its MCP server ${name}: ${url === undefined ? wordsOf(command).join(" ") : shownAddress(url)}.`
  );
}

function untilWhen({ plugin, origin }: Offer): string {
  const until = origin === "project" ? "until its files change or you take it back" : "until you take it back";
  return `A yes holds ${until}: autonomy plugins revoke ${plugin}.`;
}
