import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { format, inspect } from 'node:util';
import { pino } from 'pino';

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
  pino: printByPino,
  structuredClone: (value) => inspect(cloneOf(value), { depth: null, showHidden: true }),
  'an error tracker': (value) => JSON.stringify(collect(value, 5)),
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

function printByPino(value: unknown): string {
  let printed = '';
  const write = (line: string) => {
    printed += line;
  };
  const logger = pino({ level: 'trace' }, { write });
  logger.error(value);
  logger.error({ err: value, error: value }, 'failed');
  return printed;
}

/** What a worker thread receives. A value with functions or private fields cannot be sent. */
function cloneOf(value: unknown): unknown {
  try {
    return structuredClone(value);
  } catch (error) {
    return error;
  }
}

/** Collects what error trackers send, such as Sentry: all own properties to a depth, the stack, and the causes. */
function collect(value: unknown, depth: number): unknown {
  if (Object(value) !== value) return String(value);
  if (depth === 0) return Object.prototype.toString.call(value);
  const own = Reflect.ownKeys(value as object).map((key) => [
    String(key),
    collect(Reflect.get(value as object, key), depth - 1),
  ]);
  const told = value instanceof Error ? [value.name, value.message, value.stack] : [];
  return [told, own];
}
