import { canChat, findModel, namesLike, type WantedModel, wantedModel } from "./model_name.ts";
import { type CrewRole, isNamed } from "./choices.ts";
import type { FleetSnapshot, HostSnapshot } from "./fleet_snapshot.ts";
import type { HostModel } from "../ports/model_host.ts";

/** A model that most machines can run, for advice. */
const MODEST_MODEL = "qwen2.5:7b";

/** How many models are named that may have been meant. */
const MOST_MEANT = 3;

/** What to do where no host answers: sentences for people. */
export const NO_HOST_ADVICE = "Start one (`ollama serve`), or correct the address (--host NAME=URL). " +
  "To try the program without a server: `autonomy rehearse`.";

/**
 * Says why no host can serve a role, and what to do.
 *
 * @param fleet the hosts, none of which is of use to the role
 * @returns sentences that name models, hosts and the command that helps
 */
export function impossibleText(role: Omit<CrewRole, "window">, fleet: FleetSnapshot): string {
  const { hosts } = fleet;
  if (hosts.length === 0) return "No host is configured. Start Ollama and name it: --host NAME=http://HOST:11434.";
  const up = hosts.filter(({ state }) => state === "up");
  if (up.length === 0) {
    return `No host answers: ${hosts.map(downText).join("; ")}. ${NO_HOST_ADVICE}`;
  }
  if (isNamed(role)) return namedText(role.role, role.models, fleet);
  const had = up.map(({ name, url, models, unused = [] }) => {
    const left = unused.length === 0 ? "" : `${unused.length} that its \`include\` and \`exclude\` leave out`;
    if (models.length === 0) return `${name} (${url}) has ${left === "" ? "none at all" : `only ${left}`}`;
    const names = models.map((model) => model.name).join(", ");
    return `${name} (${url}) has only ${names}${left === "" ? "" : `, and ${left}`}`;
  });
  const down = hosts.filter(({ state }) => state === "down").map((host) => `; ${downText(host)}`).join("");
  const elsewhere = up.flatMap(({ models }) => models.filter((model) => model.elsewhere === true && canChat(model)));
  // A model that is pulled may be left out, too.
  const isLeft = up.some(({ unused = [] }) => unused.length > 0);
  const advice = isLeft ? "Let one of them through in the configuration." : pullText(MODEST_MODEL, up);
  return `No host has a model that can chat: ${had.join("; ")}${down}. ${elsewhereText(elsewhere)}${advice}`;
}

/** Says of models that hosts have another server run why none of them is taken; "" where there are none. */
function elsewhereText([first, ...others]: readonly HostModel[]): string {
  if (first === undefined) return "";
  const run = others.length === 0 ? `${first.name} runs` : `${first.name} and ${others.length} more run`;
  return `${run} on a server elsewhere, which gets the project's text only where you name it (-m ${first.name}). `;
}

/** The text for models that a person named. */
function namedText(role: string, models: readonly string[], { hosts }: FleetSnapshot): string {
  const wanted = models.map((text) => wantedModel(text, { hosts }));
  const chats = (name: string) => {
    const told = hosts.flatMap(({ models }) => models.find((model) => model.name === findModel(models, name)) ?? []);
    return told.length === 0 ? canChat({ name }) : told.some(canChat);
  };
  const noChat = wanted.filter(({ name }) => !chats(name));
  if (noChat.length === wanted.length) {
    return `${role} cannot run on ${
      noChat.map(({ name }) => name).join(", ")
    }: embedding models cannot chat, nor can models that make images or speech. Name another model.`;
  }
  const unknown = wanted.find(({ host }) => host !== null && !hosts.some(({ name }) => name === host));
  const names = hosts.map(({ name }) => name).join(", ");
  if (unknown !== undefined) {
    return `${role} is to run on ${unknown.text}, but no host is called ${unknown.host}. Hosts: ${names}.`;
  }
  const usable = wanted.filter(({ name }) => chats(name));
  const concerned = hosts.filter(({ name }) => usable.some(({ host }) => host === null || host === name));
  const down = concerned.filter(({ state }) => state === "down");
  const up = concerned.filter(({ state }) => state === "up");
  const first = usable[0]?.name ?? "";
  const list = usable.map(({ text }) => text).join(" or ");
  const leaving = up.filter(({ unused = [] }) => usable.some((one) => findModel(unused.map(named), one.name) !== null));
  const missing = leaving.length > 0
    ? ` ${
      leaving.map(({ name }) => name).join(" and ")
    }: it is there, but \`include\` and \`exclude\` of the host leave it out.`
    : up.length === 0
    ? ""
    : ` ${meantText(usable, up)}${pullText(first, up)}`;
  const away = down.length === 0 ? "" : ` It may be on a host that is down: ${down.map(downText).join("; ")}.`;
  return `No host that answers has ${list}, named for ${role}.${away}${missing}`;
}

/** Asks whether a model was meant that is there under a longer name; "" where there is none. */
function meantText(wanted: readonly WantedModel[], up: readonly HostSnapshot[]): string {
  const meant = up.flatMap((host) => {
    const like = wanted.flatMap((one) =>
      one.host === null || one.host === host.name ? namesLike(host.models, one.name) : []
    );
    return host.models.filter((model) => like.includes(model.name) && canChat(model)).map(({ name }) =>
      `${name}@${host.name}`
    );
  });
  if (meant.length === 0) return "";
  const list = meant.length > MOST_MEANT ? [...meant.slice(0, MOST_MEANT), `${meant.length - MOST_MEANT} more`] : meant;
  return `Did you mean ${list.join(" or ")}? `;
}

function named(name: string): { readonly name: string } {
  return { name };
}

/** How a model comes onto the hosts. */
function pullText(model: string, hosts: readonly HostSnapshot[]): string {
  const pulling = hosts.filter(({ kind }) => kind === "ollama");
  if (pulling.length > 0) {
    return `Run \`ollama pull ${model}\` on ${
      pulling.map(({ name }) => name).join(" or ")
    }, or name a model that is there.`;
  }
  return `Start ${hosts.map(({ name }) => name).join(" or ")} with it, or name a model that is there.`;
}

/** A host that is down, with its address and its reason. */
function downText({ name, url, reason }: HostSnapshot): string {
  return `${name} at ${url}: ${reason === "" ? "no answer" : reason.replace(/\.$/, "")}`;
}
