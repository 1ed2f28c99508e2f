/** The lines of one section of INFO: each field's value by its name. */
export type Fields = Record<string, string | number>;
