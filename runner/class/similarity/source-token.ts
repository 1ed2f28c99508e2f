/** A piece of a program as it is compared: what it is, without the names and values in it. */
export interface SourceToken {
  kind: string;
  /** The line it begins in, 1-based. */
  line: number;
}
