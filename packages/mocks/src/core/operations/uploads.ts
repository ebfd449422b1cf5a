import { storeFile } from '../records/files.ts';
import { badUpload } from '../responses/dialects.ts';
import { fail, withViolation } from '../responses/operation-responses.ts';
import type { OperationHandler } from './operation-handler.ts';

export const uploadFile: OperationHandler<'uploadFile'> = {
  model: 'file',
  handle({ body, origin }, state, env) {
    const { mediaType, base64 } = dataUrlPattern.exec(body.file)?.groups ?? {};
    if (mediaType === undefined || base64 === undefined)
      return fail(
        withViolation(badUpload('file is to be sent as a file'), '/body/file', 'format', 'must be a file'),
      );
    return storeFile({ field: 'file', base64, mediaType, ttl: body.ttl, key: body.key, origin }, state, env);
  },
};

const dataUrlPattern = /^data:(?<mediaType>[^;,]*);base64,(?<base64>.*)$/;

export const uploadBase64: OperationHandler<'uploadBase64'> = {
  model: 'file',
  handle({ body, origin }, state, env) {
    const { base64String, mimetype: mediaType, ttl, key } = body;
    const given = base64String.replaceAll(/\s+/g, '');
    const bare = given.replace(/={1,2}$/, '');
    const base64 = bare.padEnd(Math.ceil(bare.length / 4) * 4, '=');
    if (bare.length % 4 === 1 || !base64Pattern.test(given))
      return fail(
        withViolation(
          badUpload('base64String is not base64'),
          '/body/base64String',
          'format',
          'must be base64',
        ),
      );
    return storeFile({ field: 'base64String', base64, mediaType, ttl, key, origin }, state, env);
  },
};

const base64Pattern = /^(?:[A-Za-z0-9+/]+={0,2})?$/;
