import { expect, test } from 'vitest';
import { problemOfUrl } from '../../src/dispatch/forward-target.ts';

test.each([1, 22, 25, 110, 465, 587, 993, 2049, 5060, 6000, 6667, 10_080])(
  'port %i is refused, as fetch refuses it',
  async (port) => {
    const url = `http://127.0.0.1:${port}/`;
    expect(problemOfUrl(url)).toContain(`refuses port ${port}`);
    await expect(fetch(url)).rejects.toMatchObject({ cause: { message: 'bad port' } });
  },
);

test.each(['http://127.0.0.1:8080/', 'https://forward.example/', 'https://forward.example:8443/path?key=1'])(
  '%s is acceptable',
  (url) => {
    expect(problemOfUrl(url)).toBeUndefined();
  },
);
