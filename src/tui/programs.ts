/** Other programs, as the screen starts them. */
export interface Programs {
  /**
   * Runs a program in the terminal, which the screen has given back for so long.
   *
   * @param command the program and its arguments
   * @returns its exit code; rejects where it could not be started
   */
  inTerminal(command: readonly string[]): Promise<number>;
  /**
   * Has a program read a text.
   *
   * @param command the program and its arguments
   * @param text what it reads, all of it
   * @param signal ends it
   * @returns whether it ended well; false, too, where it could not be started
   */
  feed(command: readonly string[], text: string, signal: AbortSignal): Promise<boolean>;
}
