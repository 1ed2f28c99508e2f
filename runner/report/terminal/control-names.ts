/** A control character's name in ASCII (RFC 20): few fonts have the pictures of them. */
export function controlName(letter: string): string | undefined {
  return controls[letter];
}

const controls: Record<string, string> = Object.fromEntries(
  'NUL SOH STX ETX EOT ENQ ACK BEL BS - - VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'
    .split(' ')
    .flatMap((name, code) => (name === '-' ? [] : [[String.fromCharCode(code), name]])),
);
