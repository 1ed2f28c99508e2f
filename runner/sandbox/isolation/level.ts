/** What holds a program that is graded, the strongest first. */
export const isolations = ['walls', 'guard', 'none'] as const;

/**
 * `walls`: bubblewrap, a world of its own. `guard`: Node's permission model, which it can read past.
 * `none`: nothing, for code of one's own.
 */
export type Isolation = (typeof isolations)[number];
