/** Key of the advisory lock for changes of the tables. It is a number that no other lock of this database uses. */
export const schemaLock = 4_020_402_104;
