import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { format, inspect } from 'node:util';

/** Ways in which programs print a value. */
export const sinks = {
  'deep inspection': (value) => inspect(value, { depth: null, showHidden: true, getters: true }),
  'a console': printOnConsole,
  JSON: (value) =>
    [
      JSON.stringify(value),
      JSON.stringify({ ...Object(value) }),
      JSON.stringify(value, Object.getOwnPropertyNames(Object(value))),
    ].join(),
  'a message': (value) => format('%s', value) + String(value) + (value instanceof Error ? value.stack : ''),
  'the chain of causes': printCauses,
} satisfies { [sink: string]: (value: unknown) => string };

function printOnConsole(value: unknown): string {
  let printed = '';
  const stream = new Writable({
    write(chunk, _, done) {
      printed += chunk;
      done();
    },
  });
  const console = new Console(stream);
  console.error(value);
  console.error('%s %o %j', value, value, value);
  console.dir(value, { depth: null, showHidden: true });
  return printed;
}

/** Prints the causes of an error, under all names that loggers know. */
function printCauses(value: unknown): string {
  if (!(value instanceof Error)) return '';
  const causes = ['cause', 'failure', 'errors'].map((name): unknown => Reflect.get(value, name));
  return causes
    .filter((cause) => cause !== undefined)
    .map((cause) => inspect(cause, { depth: null, showHidden: true }) + String(cause) + printCauses(cause))
    .join();
}
