import { createHash } from 'node:crypto';

/** The one user there is, `default`, who may do everything once it has said a password of its own. */
export class DefaultUser {
  /** The SHA-256 of each password, in hexadecimal digits. */
  readonly passwords = new Set<string>();
  enabled = true;
  /** Any password will do. */
  nopass = true;

  /** Whether a client is let in without a word. */
  get isOpen(): boolean {
    return this.enabled && this.nopass;
  }

  /** Makes this the only password; an empty one: none is needed. */
  require(password: string): void {
    this.passwords.clear();
    this.nopass = password === '';
    if (!this.nopass) this.passwords.add(digestOf(password));
  }

  /** Whether the name and the password let a client in. */
  accepts(name: string, password: string): boolean {
    if (name !== 'default' || !this.enabled) return false;
    return this.nopass || this.passwords.has(digestOf(password));
  }
}

/** How a password is kept. */
export function digestOf(password: string): string {
  return createHash('sha256').update(password, 'latin1').digest('hex');
}
