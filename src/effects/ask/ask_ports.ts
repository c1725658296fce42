import type { Fact } from "../../features/fact.ts";
import type { Registry } from "../../features/registry.ts";
import type { BlobStore } from "../../ports/blob_store.ts";
import type { Models } from "./models.ts";

/** What asks are performed through. */
export interface AskPorts extends Omit<Models, "seat"> {
  readonly blobs: BlobStore;
  readonly registry: Registry;
  readonly note: (fact: Fact) => void;
  readonly show: (status: string) => void;
  readonly now: () => number;
}
