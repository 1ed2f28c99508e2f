/** The Redis whose replies the embedded one follows. */
export const VERSION = '7.0.15';
