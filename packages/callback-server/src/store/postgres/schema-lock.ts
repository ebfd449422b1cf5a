/** Key of the advisory lock for changes of the tables. No other lock of this database uses this number. */
export const schemaLock = 4_020_402_104;
