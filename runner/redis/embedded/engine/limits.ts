/** As many databases as a Redis with its own configuration. */
export const DATABASES = 16;

/** Bytes that a client may have sent that are kept still: commands not run, a transaction, names. */
export const QUERY_LIMIT = 128 * 1024 * 1024;

/** Bytes that a word takes in addition to its own when it is kept. */
export const NAME_COST = 100;
