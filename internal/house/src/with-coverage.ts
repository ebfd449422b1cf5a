const part = /(<!-- coverage: [^\n]*-->\n)[\s\S]*?(<!-- end of coverage -->)/;

/** Replaces the table between the marks of a README. @throws Error if the marks are missing. */
export function withCoverage(readme: string, table: string): string {
  if (!part.test(readme)) throw new Error('README.md has no marks for the table of the coverage.');
  return readme.replace(part, (_, start: string, end: string) => `${start}\n${table}\n\n${end}`);
}
