/** A plugin did what no plugin may, or did nothing: its process is over, or the call is. */
export class PluginFault extends Error {
  override readonly name = "PluginFault";
}
