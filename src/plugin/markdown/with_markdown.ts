import { dirname, join } from "node:path";
import type { Offer, OfferedSpecialist, OfferPlace } from "../offer.ts";
import { readPluginFiles } from "../plugin_files.ts";
import { isMarkdown, openSpecialist, readMarkdown } from "./markdown_specialists.ts";

/**
 * Lets what opens modules open Markdown, too: the files of specialists, and the prompts that lie beside a module whose specialists name
 * them. Reading text needs no right of a plugin, so it is the same wherever its code runs.
 *
 * @param open opens modules
 */
export function withMarkdown<Bounds>(
  open: (place: OfferPlace, bounds: Bounds) => Promise<Offer>,
): (place: OfferPlace, bounds: Bounds) => Promise<Offer> {
  return async (place, bounds) => {
    if (isMarkdown(place.path)) {
      return await openSpecialist({ ...place, version: readPluginFiles(place.path).version });
    }
    const offer = await open(place, bounds);
    if (offer.origin === "built-in") return offer;
    return { ...offer, specialists: await Promise.all(offer.specialists.map((one) => withOwnPrompt(one, offer.path))) };
  };
}

/** A specialist with the prompt that lies beside its module; as it was where none does. */
async function withOwnPrompt(specialist: OfferedSpecialist, module: string): Promise<OfferedSpecialist> {
  const folder = dirname(module);
  const path = join(folder, specialist.prompt);
  if (!path.startsWith(`${folder}/`)) return specialist;
  try {
    return { ...specialist, ownPrompt: { path, content: await readMarkdown(path) } };
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return specialist;
    throw cause;
  }
}
