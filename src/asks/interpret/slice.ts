/** Where the interpreter's model is, and how many replies in a row it could not read; null where no host has one. */
export type InterpreterSlice = { readonly host: string; readonly model: string; readonly misses: number } | null;
