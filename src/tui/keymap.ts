import { type Key, type Keymap, keyWord } from "./keys.ts";
import type { Binding, Hint, Stage } from "./panel.ts";

/** Bindings by their names, with the names of their actions. */
type Named<Table> = { readonly [name in keyof Table]: Table[name] & { readonly actions: Actions } };

/** Keys that do the same, by the name of what they do. */
type Actions = Readonly<Record<string, readonly Key[]>>;

/**
 * Names the actions of a table of bindings, `scope.action`: those that a binding names itself, else one for all of its keys by its own name.
 *
 * @param scope word before the dot
 * @param table bindings by name
 */
export function named<Table extends Readonly<Record<string, Binding>>>(scope: string, table: Table): Named<Table> {
  return Object.fromEntries(
    Object.entries<Binding>(table).map(([name, binding]) => [name, {
      ...binding,
      actions: namedIn(scope, binding.actions ?? { [name]: binding.keys }),
    }]),
  ) as Named<Table>;
}

/** The same for the actions of one binding. */
export function namedIn(scope: string, actions: Actions): Actions {
  return Object.fromEntries(Object.entries(actions).map(([name, keys]) => [`${scope}.${name}`, keys]));
}

/** Keys of an action as they are bound now. */
function bound(keymap: Keymap, name: string, usual: readonly Key[]): readonly Key[] {
  return keymap.get(name) ?? usual;
}

/**
 * Says as which of its own keys a binding hears a key: the same for usual keys, the first of the action for those that a person bound.
 *
 * @param keymap what is bound anew
 * @param binding the binding
 * @param key the key that was pressed
 * @returns null where the binding does not hear it
 */
export function heardAs(
  keymap: Keymap,
  { keys, actions }: Pick<Binding, "keys" | "actions">,
  key: Key,
): Key | null {
  for (const [name, usual] of Object.entries(actions ?? { "": keys })) {
    if (!bound(keymap, name, usual).includes(key)) continue;
    const own = usual.includes(key) ? key : usual.find((one) => keys.includes(one));
    if (own !== undefined && keys.includes(own)) return own;
  }
  return null;
}

/**
 * Writes keys of a binding as they are bound now.
 *
 * @param keymap what is bound anew
 * @param binding whose keys
 * @param text its usual keys as people read them, with a space between; other words stay
 * @returns null where nothing is left that a key could be pressed for
 */
export function inWords(keymap: Keymap, { actions = {} }: Pick<Binding, "actions">, text: string): string | null {
  const own = Object.entries(actions);
  if (!own.some(([name]) => keymap.has(name))) return text;
  const written = new Set<string>();
  let hasOwn = false;
  for (const word of text.split(" ")) {
    const meant = own.filter(([, usual]) => means(word, usual));
    if (meant.length === 0) written.add(word);
    for (const [name, usual] of meant) {
      // A range is written whole while none of it is bound anew.
      const isUsual = !keymap.has(name);
      const words = isUsual && usual.some((key) => keyWord(key) === word)
        ? [word]
        : bound(keymap, name, usual).map(keyWord);
      hasOwn ||= words.length > 0;
      for (const one of words) written.add(one);
    }
  }
  return hasOwn ? [...written].join(" ") : null;
}

/** Whether a word names one of some keys: itself, or a range that it is in. */
function means(word: string, keys: readonly Key[]): boolean {
  const [, from, to] = /^(\d)-(\d)$/.exec(word) ?? [];
  return keys.some((key) => keyWord(key) === word || from !== undefined && key >= from && key <= to!);
}

/** Keys that a binding has in the hint line now, as they are bound. */
export function boundHints<Source extends Stage>(binding: Binding<Source>, source: Source): readonly Hint[] {
  return (binding.hints?.(source) ?? []).flatMap((hint) => {
    const keys = inWords(source.keymap, binding, hint.keys);
    return keys === null ? [] : [{ ...hint, keys }];
  });
}
