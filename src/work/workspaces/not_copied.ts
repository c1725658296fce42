/** A project that no copy can be made of; the sentence says why. */
export class NotCopied extends Error {
  override readonly name = "NotCopied";
}
