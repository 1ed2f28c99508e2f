/** What Redis calls its RDB file where nobody says otherwise: the default of its `dbfilename`. */
export const defaultFileName = 'dump.rdb';
