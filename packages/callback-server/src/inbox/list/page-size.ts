/** Number of callbacks on a page of the list. */
export const pageSize = 50;
