import type { InboxUser } from '../inbox/access/inbox-user.ts';
import { parseUsers } from '../inbox/access/parse-users.ts';
import { readSettingFile } from './read-setting-file.ts';

/**
 * Reads the users of the inbox from a file, once at the start, like every setting. So a file that is half written later
 * keeps nobody out.
 *
 * @throws Error naming the first line that is invalid. It quotes nothing of the file.
 */
export function usersFile(path: string): readonly InboxUser[] {
  return parseUsers(readSettingFile(path));
}
