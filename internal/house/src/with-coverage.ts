const part = /(<!-- coverage: [^\n]*-->\n)[\s\S]*?(<!-- end of coverage -->)/;

/** Replaces the table between the two coverage comments of a README. @throws Error if a comment is missing. */
export function withCoverage(readme: string, table: string): string {
  if (!part.test(readme))
    throw new Error(
      'README.md lacks the comment <!-- coverage: … --> or <!-- end of coverage -->. Put the comment back.',
    );
  return readme.replace(part, (_, start: string, end: string) => `${start}\n${table}\n\n${end}`);
}
