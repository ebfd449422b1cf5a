import { storeFile } from '../files/store-file.ts';
import { badUpload } from '../responses/dialects.ts';
import { refuse } from '../responses/operation-result.ts';
import type { OperationHandler } from './operation-handler.ts';

export const uploadFile: OperationHandler<'uploadFile'> = {
  model: 'file',
  handle({ body, origin }, state, env) {
    const { mediaType, base64 } = dataUrlPattern.exec(body.file)?.groups ?? {};
    if (mediaType === undefined || base64 === undefined)
      return refuse(badUpload('file is to be sent as a file'));
    return storeFile({ base64, mediaType, ttl: body.ttl, key: body.key, origin }, state, env);
  },
};

const dataUrlPattern = /^data:(?<mediaType>[^;,]*);base64,(?<base64>.*)$/;
