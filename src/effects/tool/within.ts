/** Waits for a tool; one that does not heed its signal is left alone a while after it, so that nothing waits for it for ever. */
export async function within<T>(running: Promise<T> | T, signal: AbortSignal, graceMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let leave = (): void => {};
  const left = new Promise<never>((_resolve, reject) => {
    leave = () => {
      timer = setTimeout(() => reject(signal.reason), graceMs);
    };
    if (signal.aborted) leave();
    else signal.addEventListener("abort", leave, { once: true });
  });
  try {
    return await Promise.race([running, left]);
  } finally {
    signal.removeEventListener("abort", leave);
    clearTimeout(timer);
  }
}
