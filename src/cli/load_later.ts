/**
 * Loads a module when it is wanted, and not before. Of an `import()` of a plain text Deno reads all that it leads to before the first line
 * of the program runs, which here took a fifth of the time to the first frame; an address that is only passed on stays unread until then.
 *
 * @param address of the module, by `import.meta.resolve`
 * @returns the module, of the type that the caller names: `loadLater<typeof import("./a.ts")>(import.meta.resolve("./a.ts"))`
 */
export function loadLater<Module>(address: string): Promise<Module> {
  return import(address);
}

/**
 * The packages of what is loaded later. It is never called, only read: what a plain `import()` names Deno fetches before the program
 * begins, so that the first start on a machine fetches nothing under an open screen.
 *
 * @returns the packages
 */
export function packagesOfAll(): Promise<unknown> {
  return Promise.all([
    import("@modelcontextprotocol/sdk/client"),
    import("diff"),
    import("gpt-tokenizer/encoding/o200k_base"),
    import("highlight.js/package.json", { with: { type: "json" } }),
    import("ignore"),
    import("ink"),
    import("jsonc-parser"),
    import("node-diff3"),
    import("ollama"),
    import("re2js"),
    import("react"),
    import("saxes"),
    import("string-width"),
    import("yaml"),
    import("zod"),
  ]);
}
