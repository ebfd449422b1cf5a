/** Key of the advisory lock of whoever changes the tables: any number that nothing else locks in this database. */
export const schemaLock = 4_020_402_104;
