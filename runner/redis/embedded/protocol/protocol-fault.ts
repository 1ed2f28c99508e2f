/** The stream is not RESP: it is answered once, and the connection closed. */
export class ProtocolFault extends Error {
  override name = 'ProtocolFault';
  constructor(text: string) {
    super(`ERR Protocol error: ${text}`);
  }
}
