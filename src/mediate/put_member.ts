/** Sets a property of the object itself, also one called `__proto__`, which an assignment would swallow. */
export function putMember(target: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
}
