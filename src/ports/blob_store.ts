/** Where large content is kept by its hash. */
export interface BlobStore {
  /**
   * Keeps content; the same content is kept once.
   *
   * @param content bytes, or text that is stored as UTF-8
   * @returns its SHA-256, hex
   */
  putBlob(content: Uint8Array | string): string;
  /**
   * Reads content back.
   *
   * @param hash what {@link BlobStore.putBlob} returned
   * @returns the bytes; undefined when there are none under this hash
   */
  getBlob(hash: string): Uint8Array | undefined;
}
