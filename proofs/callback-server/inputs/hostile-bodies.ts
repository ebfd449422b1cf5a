import { exampleCallback } from '../load/example-callback.ts';

const callback = exampleCallback('hostile');

/** Returns the callback with another value, given as JSON text. */
function withValue(name: 'id' | 'status' | 'actionTime', jsonText: string): string {
  return callback.replace(new RegExp(`"${name}":("[^"]*"|\\d+)`), () => `"${name}":${jsonText}`);
}

/** Returns the callback with another name for its first custom field, and one for the second, given as JSON text. */
function withNames(first: string, second = '"custom field 1"'): string {
  return callback.replace('"custom field 0"', first).replace('"custom field 1"', second);
}

function latin1(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

/** Bodies that break parsers, by name. Each is complete and authenticated, so the server must store its bytes unchanged. */
export const hostileBodies: Readonly<Record<string, string | Buffer>> = {
  empty: '',
  space: ' \n\t',
  null: 'null',
  true: 'true',
  zero: '0',
  'negative zero': '-0',
  'a string': '"accept"',
  'an array': '[]',
  'an object': '{}',
  'no merchant': '{"merchantData":null}',
  'merchant as array': '{"merchantData":[{"id":"x","status":"accept"}]}',
  'not a number': 'NaN',
  'single quotes': "{'merchantData':{}}",
  'trailing comma': '{"merchantData":{},}',
  comment: `/* */${callback}`,
  'cut off': callback.slice(0, -1),
  'garbage after': `${callback}}`,
  twice: callback + callback,
  'form encoded': 'merchantData[id]=x&merchantData[status]=accept',
  xml: '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
  'byte order mark': `\uFEFF${callback}`,
  'utf-16': Buffer.from(callback, 'utf16le'),
  'only NUL': Buffer.alloc(64),
  'NUL inside': callback.replace('hostile', 'a\0b'),
  'NUL, escaped, in the id': withValue('id', '"a\\u0000b"'),
  'NUL, escaped, in a name': withNames('"custom\\u0000field"'),
  'NUL, escaped, in a status': withValue('status', '"acc\\u0000ept"'),
  'a stray continuation byte': latin1(`${callback.slice(0, 60)}\x80${callback.slice(60)}`),
  'an overlong slash': latin1('{"merchantData":"\xc0\xaf"}'),
  'a surrogate in utf-8': latin1('"\xed\xa0\x80"'),
  'a byte that UTF-8 never has': latin1('\xff'),
  'a character cut in half': latin1('"\xe2\x82'),
  'a lone surrogate in the id': withValue('id', '"\\ud800"'),
  'a lone surrogate in a name': withNames('"\\udfff"'),
  'an empty id': withValue('id', '""'),
  'an id of spaces': withValue('id', '"   "'),
  'an id as number': withValue('id', '42'),
  'an id as SQL': withValue('id', `"'; DROP TABLE callbacks; --"`),
  'an id as path': withValue('id', '"../../etc/passwd"'),
  'an id with line ends': withValue('id', '"a\\r\\nX-Injected: 1\\r\\n\\r\\n"'),
  'an id named __proto__': withValue('id', '"__proto__"'),
  'a long id': withValue('id', `"${'i'.repeat(20_000)}"`),
  'an unknown status': withValue('status', '"vanished"'),
  'a status as object': withValue('status', '{"accept":true}'),
  'a long status': withValue('status', `"${'s'.repeat(20_000)}"`),
  'a time beyond numbers': withValue('actionTime', '1e400'),
  'a time below numbers': withValue('actionTime', '1e-400'),
  'a negative time': withValue('actionTime', '-1'),
  'a broken time': withValue('actionTime', '1700172800000.5'),
  'a time as text': withValue('actionTime', '"1700172800000"'),
  'a time past exact numbers': withValue('actionTime', '9007199254740993'),
  'a number of 10,000 digits': withValue('actionTime', '9'.repeat(10_000)),
  'keys twice': callback.replace(
    '"merchantData"',
    '"merchantData":{"id":"other","status":"reject"},"merchantData"',
  ),
  'the id twice': callback.replace('"id"', '"id":"other","id"'),
  'a name that sets a prototype': withNames('"__proto__"'),
  'a polluted prototype': '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}',
  'inherited names': withNames('"toString"', '"hasOwnProperty"'),
  'pointers as names': withNames('"a/b~c"', '""'),
  'right to left': withNames('"\u202Eeman"'),
  'gzip, called JSON': Buffer.from('H4sIAAAAAAAAA0vOzy0oSi0uTk1RKC4pSk3MBQAkC0ZGEgAAAA==', 'base64'),
};

const deep = 100_000;

/** Long bodies that break parsers, by name. They are sent less often. */
export const longHostileBodies: Readonly<Record<string, string>> = {
  'arrays, 10^5 deep': '['.repeat(deep) + ']'.repeat(deep),
  'arrays, 10^5 deep, open': '['.repeat(deep),
  'objects, 40,000 deep': `${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`,
  'a deep custom field': callback.replace(
    '"custom field 0":',
    () => `"custom field 0":${'['.repeat(50_000)}${']'.repeat(50_000)},"x":`,
  ),
  'deep form data': callback.replace(
    '"backopsFormData":{',
    () => `"backopsFormData":{"a":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)},`,
  ),
  '20,000 keys': withKeys(20_000),
  '15,000 wrong custom fields': withKeys(15_000, '[]'),
  'a string of 250 KB': JSON.stringify('x'.repeat(250_000)),
  '250 KB of space': ' '.repeat(250_000),
  '40,000 escapes': `"${'\\u0000'.repeat(40_000)}"`,
  'an array of 120,000 zeros': `[${'0,'.repeat(120_000)}0]`,
  'exactly the maximum length': callback.padEnd(256 * 1024, ' '),
};

function withKeys(count: number, jsonText = '0'): string {
  const properties = Array.from({ length: count }, (_, index) => `"k${index}":${jsonText}`);
  return callback.replace('"custom field 0":', () => `${properties},"custom field 0":`);
}
