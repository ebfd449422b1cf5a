import { exampleCallback } from '../load/example-callback.ts';

const callback = exampleCallback('hostile');

/** Returns the callback with another value, given as JSON text. */
function withValue(name: 'id' | 'status' | 'actionTime', jsonText: string): string {
  return callback.replace(new RegExp(`"${name}":("[^"]*"|\\d+)`), () => `"${name}":${jsonText}`);
}

function bytes(text: string): Buffer {
  return Buffer.from(text, 'utf8');
}

/** Bodies that break parsers, by name. Each is complete and authenticated, so the server must store its bytes unchanged. */
export const hostileBodies: Readonly<Record<string, Buffer>> = {
  empty: bytes(''),
  space: bytes(' \n\t'),
  null: bytes('null'),
  true: bytes('true'),
  zero: bytes('0'),
  'negative zero': bytes('-0'),
  'a string': bytes('"accept"'),
  'an array': bytes('[]'),
  'an object': bytes('{}'),
  'no merchant': bytes('{"merchantData":null}'),
  'merchant as array': bytes('{"merchantData":[{"id":"x","status":"accept"}]}'),
  'not a number': bytes('NaN'),
  'single quotes': bytes("{'merchantData':{}}"),
  'trailing comma': bytes('{"merchantData":{},}'),
  comment: bytes(`/* */${callback}`),
  'cut off': bytes(callback.slice(0, -1)),
  'garbage after': bytes(`${callback}}`),
  twice: bytes(callback + callback),
  'form encoded': bytes('merchantData[id]=x&merchantData[status]=accept'),
  xml: bytes('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
  'byte order mark': bytes(`\uFEFF${callback}`),
  'utf-16': Buffer.from(callback, 'utf16le'),
  'only NUL': Buffer.alloc(64),
  'NUL inside': bytes(callback.replace('hostile', 'a\0b')),
  'NUL, escaped, in the id': bytes(withValue('id', '"a\\u0000b"')),
  'NUL, escaped, in a name': bytes(callback.replace('"custom field 0"', '"custom\\u0000field"')),
  'NUL, escaped, in a status': bytes(withValue('status', '"acc\\u0000ept"')),
  'a stray continuation byte': Buffer.concat([
    bytes(callback.slice(0, 60)),
    Buffer.of(0x80),
    bytes(callback.slice(60)),
  ]),
  'an overlong slash': Buffer.concat([bytes('{"merchantData":"'), Buffer.of(0xc0, 0xaf), bytes('"}')]),
  'a surrogate in utf-8': Buffer.concat([bytes('"'), Buffer.of(0xed, 0xa0, 0x80), bytes('"')]),
  'a byte that UTF-8 never has': Buffer.of(0xff),
  'a character cut in half': bytes('"₹"').subarray(0, 3),
  'a lone surrogate in the id': bytes(withValue('id', '"\\ud800"')),
  'a lone surrogate in a name': bytes(callback.replace('"custom field 0"', '"\\udfff"')),
  'an empty id': bytes(withValue('id', '""')),
  'an id of spaces': bytes(withValue('id', '"   "')),
  'an id as number': bytes(withValue('id', '42')),
  'an id as SQL': bytes(withValue('id', `"'; DROP TABLE callbacks; --"`)),
  'an id as path': bytes(withValue('id', '"../../etc/passwd"')),
  'an id with line ends': bytes(withValue('id', '"a\\r\\nX-Injected: 1\\r\\n\\r\\n"')),
  'an id named __proto__': bytes(withValue('id', '"__proto__"')),
  'a long id': bytes(withValue('id', `"${'i'.repeat(20_000)}"`)),
  'an unknown status': bytes(withValue('status', '"vanished"')),
  'a status as object': bytes(withValue('status', '{"accept":true}')),
  'a long status': bytes(withValue('status', `"${'s'.repeat(20_000)}"`)),
  'a time beyond numbers': bytes(withValue('actionTime', '1e400')),
  'a time below numbers': bytes(withValue('actionTime', '1e-400')),
  'a negative time': bytes(withValue('actionTime', '-1')),
  'a broken time': bytes(withValue('actionTime', '1700172800000.5')),
  'a time as text': bytes(withValue('actionTime', '"1700172800000"')),
  'a time past exact numbers': bytes(withValue('actionTime', '9007199254740993')),
  'a number of 10,000 digits': bytes(withValue('actionTime', '9'.repeat(10_000))),
  'keys twice': bytes(
    callback.replace('"merchantData"', '"merchantData":{"id":"other","status":"reject"},"merchantData"'),
  ),
  'the id twice': bytes(callback.replace('"id"', '"id":"other","id"')),
  __proto__: bytes(callback.replace('"custom field 0"', '"__proto__"')),
  'a polluted prototype': bytes(
    '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}',
  ),
  'inherited names': bytes(
    callback.replace('"custom field 0"', '"toString"').replace('"custom field 1"', '"hasOwnProperty"'),
  ),
  'pointers as names': bytes(
    callback.replace('"custom field 0"', '"a/b~c"').replace('"custom field 1"', '""'),
  ),
  'right to left': bytes(callback.replace('"custom field 0"', '"\u202Eeman"')),
  'gzip, called JSON': Buffer.from('H4sIAAAAAAAAA0vOzy0oSi0uTk1RKC4pSk3MBQAkC0ZGEgAAAA==', 'base64'),
};

const deep = 100_000;

/** The same for long bodies, which are sent less often. */
export const longHostileBodies: Readonly<Record<string, Buffer>> = {
  'arrays, 10^5 deep': bytes('['.repeat(deep) + ']'.repeat(deep)),
  'arrays, 10^5 deep, open': bytes('['.repeat(deep)),
  'objects, 40,000 deep': bytes(`${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`),
  'a deep custom field': bytes(
    callback.replace(
      '"custom field 0":',
      () => `"custom field 0":${'['.repeat(50_000)}${']'.repeat(50_000)},"x":`,
    ),
  ),
  'deep form data': bytes(
    callback.replace(
      '"backopsFormData":{',
      () => `"backopsFormData":{"a":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)},`,
    ),
  ),
  '20,000 keys': bytes(withKeys(20_000)),
  '20,000 wrong custom fields': bytes(withKeys(15_000, '[]')),
  'a string of 250 KB': bytes(JSON.stringify('x'.repeat(250_000))),
  '250 KB of space': bytes(' '.repeat(250_000)),
  '80,000 escapes': bytes(`"${'\\u0000'.repeat(40_000)}"`),
  'an array of 120,000 zeros': bytes(`[${'0,'.repeat(120_000)}0]`),
  'exactly the maximum length': bytes(callback.padEnd(256 * 1024, ' ')),
};

function withKeys(count: number, jsonText = '0'): string {
  const properties = Array.from({ length: count }, (_, index) => `"k${index}":${jsonText}`);
  return callback.replace('"custom field 0":', () => `${properties},"custom field 0":`);
}
