import { createInterface } from 'node:readline';
import { hashPassword } from '../inbox/access/password-hash.ts';
import { type Command, print } from './command.ts';

const minLength = 12;
const maxLength = 1000;

export const hashPasswordOfInput: Command = {
  summary: 'prints the hash of a password, for a line of INBOX_USERS_FILE',
  details: `
Reads the password from the first line of standard input. Write name:roles:hash into the file, with the roles operator,
revealer, both with a comma between them, or none. The hash contains dollar signs: quote it in a shell.`,
  settings: [],
  run: async () => {
    const password = await firstLine();
    const { length } = [...password];
    if (length < minLength || length > maxLength)
      throw new Error(
        `The password on standard input must have ${minLength} to ${maxLength} characters. Choose another password.`,
      );
    return print(`${await hashPassword(password)}\n`);
  },
};

async function firstLine(): Promise<string> {
  for await (const line of createInterface({ input: process.stdin })) return line;
  return '';
}
