interface Named {
  readonly id: string;
  readonly signzyAppId: string;
}

/** The partner's own reference of a case, or its id if nobody could see the reference. */
export function referenceOf({ id, signzyAppId }: Named): string {
  return isVisible(signzyAppId) ? signzyAppId : id;
}

/** Whether a text has more than blanks and characters without a shape. */
export function isVisible(text: string): boolean {
  return /[^\s\p{C}\p{Z}]/u.test(text);
}
