/** Settings that the server sets itself in every session, each with what to do instead of setting it in `options`. */
const ownSettings = new Map([
  ['statement_timeout', 'Give it as the parameter statement_timeout.'],
  ['application_name', 'Give it as the parameter application_name.'],
  ['synchronous_commit', 'Remove it: the server always waits for the flush of a commit.'],
  ['datestyle', 'Remove it.'],
  ['client_encoding', 'Remove it.'],
  ['default_transaction_isolation', 'Remove it.'],
  ['default_transaction_read_only', 'Remove it: the server writes.'],
]);

/** One `-c name=value` or `--name=value`. A backslash precedes a space within a value. */
const assignment = /\s*(?:-c\s*|--)([a-z_][\w.-]*)=((?:\\.|[^\s\\])*)(?=\s|$)/iy;

/**
 * Checks the parameter `options` of a database URL, which PostgreSQL applies at the start of each session.
 *
 * @throws Error for options that are no settings, and for settings that the server would overrule silently.
 */
export function assertSessionOptions(options: string): void {
  assignment.lastIndex = 0;
  while (assignment.lastIndex < options.trimEnd().length) {
    const [, name] = assignment.exec(options) ?? [];
    if (name === undefined)
      throw new Error(
        'has an option that is not a setting. Give options=-c%20name%3Dvalue, and write each space as %20.',
      );
    const setting = name.toLowerCase().replaceAll('-', '_');
    const advice = ownSettings.get(setting);
    if (advice) throw new Error(`has options that set ${setting}, which the server sets itself. ${advice}`);
  }
}
